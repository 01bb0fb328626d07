import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { withFileErrors } from "../store/fileErrors";

/** Makes the folder of a file that is to be written. @throws UserError if it cannot be made */
export function makeParent(file: string): void {
  withFileErrors(file, () => mkdirSync(dirname(file), { recursive: true }));
}
