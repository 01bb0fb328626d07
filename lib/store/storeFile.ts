import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { projectRoot } from "../root";
import { writeFileAtomic } from "./atomic";
import { withFileErrors } from "./fileErrors";
import { FORMAT } from "./manifest";

const STORE = "store.json";
const ANOTHER = "set COLLAPSE_LAB_RUNS to another folder";

/** Absolute path of the store that is meant: the given one, `$COLLAPSE_LAB_RUNS`, or the project's. */
export function storeRoot(given: string | undefined): string {
  const root = given ?? process.env.COLLAPSE_LAB_RUNS ?? path.join(projectRoot(), ".runs");
  if (root === "")
    throw new UserError(
      "COLLAPSE_LAB_RUNS is empty. Set it to the folder of the run store, or unset it to use .runs in the project.",
    );
  return path.resolve(root);
}

/**
 * Makes sure that there is a store of this format.
 * @param create whether to make one where there is none
 * @throws UserError if the place cannot hold a store, or holds one of another format
 */
export function checkStore(root: string, create: boolean): void {
  withFileErrors(root, () => {
    const file = path.join(root, STORE);
    const format = formatOf(file);
    if (format === FORMAT) return;
    if (format !== undefined)
      throw new UserError(
        `The run store ${root} has format ${format}; this version reads format ${FORMAT}. Move it away, or ${ANOTHER}.`,
      );
    if (create) {
      makeFolder(root);
      writeFileAtomic(file, `${JSON.stringify({ format: FORMAT })}\n`);
    } else if (!fs.existsSync(root))
      throw new UserError(
        `There is no run store at ${root}. npm run reproduce makes one; if yours is elsewhere, set COLLAPSE_LAB_RUNS to its folder.`,
      );
    else if (fs.readdirSync(root).length > 0)
      throw new UserError(
        `${root} is not a run store: it has no ${STORE}. Set COLLAPSE_LAB_RUNS to the store's folder.`,
      );
  });
}

function formatOf(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { format } = JSON.parse(text);
    if (format !== undefined) return format;
  } catch {
    // Said below.
  }
  throw new UserError(
    `${file} is damaged, so the run store beside it cannot be trusted. Move that folder away, or ${ANOTHER}.`,
  );
}

function makeFolder(root: string): void {
  if (fs.lstatSync(root, { throwIfNoEntry: false })?.isSymbolicLink() && !fs.existsSync(root))
    throw new UserError(
      `${root} is a symbolic link to a folder that does not exist. Make that folder, or ${ANOTHER}.`,
    );
  try {
    makeFolders(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new UserError(
      `${root} cannot be made: the system allows no folder there. Choose another place, and ${ANOTHER}.`,
    );
  }
}

/** One by one: Node's own recursive call never returns below /proc. */
function makeFolders(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolders(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process made it in this moment, or it is a file, as the next call says.
    if (code !== "EEXIST") throw error;
  }
}
