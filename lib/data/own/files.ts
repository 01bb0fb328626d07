import * as fs from "node:fs";
import * as path from "node:path";
import { messageOf, UserError } from "../../errors";

/** A file of the user's. */
export interface OwnFile {
  readonly path: string;
  /** Below the folder that was named, or its name. */
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/** A file or a folder of the user's. */
export interface Place {
  /** Absolute. */
  readonly path: string;
  /** How sentences and captions name it. */
  readonly name: string;
  readonly isFolder: boolean;
  /** By name; hidden ones are left out. */
  readonly files: readonly OwnFile[];
}

/**
 * A file, or all files below a folder.
 * @throws UserError if there is nothing there, it cannot be read, or all is empty
 */
export function openPlace(given: string): Place {
  const place = path.resolve(given);
  const name = path.basename(place);
  let isFolder: boolean;
  let files: OwnFile[];
  try {
    isFolder = fs.statSync(place).isDirectory();
    files = isFolder ? filesBelow(place, "") : [fileAt(place, name)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new UserError(`There is no file or folder ${place}. Check the path.`);
    throw new UserError(`${place} cannot be read (${messageOf(error)}).`);
  }
  if (files.length === 0)
    throw new UserError(`The folder ${place} is empty. Put the files into it, or name another.`);
  if (files.every(({ bytes }) => bytes === 0))
    throw new UserError(`${place} is empty: there is nothing to read in it.`);
  return { path: place, name, isFolder, files };
}

function filesBelow(folder: string, prefix: string): OwnFile[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort()
    .flatMap((name) => {
      const full = path.join(folder, name);
      if (fs.statSync(full).isDirectory()) return filesBelow(full, `${prefix}${name}/`);
      return [fileAt(full, prefix + name)];
    });
}

function fileAt(full: string, name: string): OwnFile {
  const { size, mtimeMs } = fs.statSync(full);
  return { path: full, name, bytes: size, modified: mtimeMs };
}

/** The ending of a file's name in small letters, without ".gz": "txt"; "idx" of MNIST's "…-ubyte". */
export function endingOf({ name }: Pick<OwnFile, "name">): string {
  const plain = name.toLowerCase().replace(/\.gz$/, "");
  return plain.endsWith("-ubyte") ? "idx" : path.extname(plain).slice(1);
}
