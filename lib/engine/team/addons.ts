import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * tfjs-node's addon keeps the names of attributes in one unguarded set, so two threads must not use
 * one copy of it. TensorFlow itself, which it links, is shared. Call it in a thread before its engine.
 */
export function loadAddonsAsCopies(): void {
  const loaders = (Module as unknown as { _extensions: Record<string, Loader> })._extensions;
  loaders[".node"] = (module, file) => {
    const folder = mkdtempSync(join(tmpdir(), "collapse-lab-addon-"));
    try {
      const copy = join(folder, "addon.node");
      copyFileSync(file, copy);
      process.dlopen(module, copy);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

type Loader = (module: NodeJS.Module, file: string) => void;
