import { readFileSync } from "node:fs";
import { messageOf, UserError } from "../errors";
import { fileErrorOf } from "../store/fileErrors";

/** Reads a JSON file that must exist. `what` names it in messages: "block manifest". */
export function readJson(path: string, what: string, remedy: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw fileErrorOf(error, path);
    throw new UserError(`There is no ${what} at ${path}. ${remedy}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`The ${what} ${path} is damaged (${messageOf(error)}). ${remedy}`);
  }
}
