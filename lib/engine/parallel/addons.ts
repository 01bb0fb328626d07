import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes this thread load copies of native addons. tfjs-node's addon keeps attribute names in a set
 * without a lock, so two threads must not use the same copy; TensorFlow itself, which the addon
 * links, is shared. Call this before the thread's engine starts.
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
