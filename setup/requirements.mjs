import { readFileSync } from "node:fs";
import { inProject } from "./paths.mjs";

/** The lines of requirements.txt, parted: what goes into `.venv`, and TensorFlow's wheels. */
export function requirements() {
  const lines = readFileSync(inProject("requirements.txt"), "utf8").split("\n");
  const named = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return {
    lab: named.filter((line) => !line.startsWith("tensorflow")),
    engine: named.filter((line) => line.startsWith("tensorflow")),
  };
}
