import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside the project. @param {...string} parts */
export const inProject = (...parts) => join(root, ...parts);

export const venvPython = inProject(".venv", "bin", "python");
export const engineDir = inProject(".engine");
export const tfjsNodeDir = inProject("node_modules", "@tensorflow", "tfjs-node");
export const logDir = inProject(".cache", "setup");
