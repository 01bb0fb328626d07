import { readFileSync, writeFileSync } from "node:fs";
import { inProject } from "./paths.mjs";

/**
 * The packages of requirements.txt, parted: what goes into `.venv`, and TensorFlow's wheels. `name` has
 * version and platform; `text` is the whole entry, with the hashes that pip compares.
 */
export function requirements() {
  const entries = readFileSync(inProject("requirements.txt"), "utf8")
    .split(/\n(?![ \t])/)
    .filter((entry) => entry.trim() !== "" && !entry.startsWith("#"))
    .map((text) => ({ name: text.split("\n")[0].replace(/ *\\$/, ""), text }));
  return {
    lab: entries.filter(({ name }) => !name.startsWith("tensorflow")),
    engine: entries.filter(({ name }) => name.startsWith("tensorflow")),
  };
}

/**
 * Writes a list for `pip --requirement`. Its hashes keep a changed or a false file from being installed.
 * @param {string} path @param {{ text: string }[]} entries
 */
export function writeRequirements(path, entries) {
  writeFileSync(path, entries.map(({ text }) => `${text}\n`).join(""));
}
