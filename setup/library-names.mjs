import { existsSync } from "node:fs";
import { join } from "node:path";

const MAC = process.platform === "darwin";

/** File names of the C library: as the wheel has them, then as libtensorflow's archives do. */
const CORE = MAC
  ? ["libtensorflow_cc.2.dylib", "libtensorflow.2.dylib", "libtensorflow.dylib"]
  : ["libtensorflow_cc.so.2", "libtensorflow.so.2", "libtensorflow.so"];
const FRAMEWORK = MAC
  ? ["libtensorflow_framework.2.dylib", "libtensorflow_framework.dylib"]
  : ["libtensorflow_framework.so.2", "libtensorflow_framework.so"];

/** The names that tfjs-node's scripts, the linker and the loader look for. */
export const LINKS = MAC
  ? {
      core: ["libtensorflow.dylib", "libtensorflow.2.dylib", "libtensorflow_cc.2.dylib"],
      framework: ["libtensorflow_framework.dylib", "libtensorflow_framework.2.dylib"],
    }
  : {
      // 2.9.1 is the version that tfjs-node's install script tests for by name.
      core: [
        "libtensorflow.so",
        "libtensorflow.so.2",
        "libtensorflow.so.2.9.1",
        "libtensorflow_cc.so.2",
      ],
      framework: ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
    };

/**
 * The two libraries of a folder, or undefined when one is missing.
 * @param {string} folder
 */
export function librariesIn(folder) {
  const core = CORE.find((name) => existsSync(join(folder, name)));
  const framework = FRAMEWORK.find((name) => existsSync(join(folder, name)));
  return core && framework ? { core, framework } : undefined;
}
