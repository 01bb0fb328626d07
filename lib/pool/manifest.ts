import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../errors";
import type { NpyType } from "./npy";
import { readJson } from "./readJson";
import type { Field, Schema } from "./schema";

/** Raise it when a block's files change their meaning; old blocks are then refused by name. */
export const BLOCK_VERSION = 1;
export const BLOCK_MANIFEST = "block.json";

const field = z.strictObject({
  dtype: z.enum(["uint8", "uint16", "int32", "float32", "float64"]),
  shape: z.array(z.int().positive()),
  ragged: z.boolean().optional(),
});

/** Field names are file names: none leaves the folder, hides in it or means something to JavaScript. */
const FIELD_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** The form of a {@link Schema} in JSON. */
export const schemaShape = z.record(
  z.string().regex(FIELD_NAME, "a field's name has only letters, digits, _ and -"),
  field,
);

const manifest = z.strictObject({
  format: z.literal("collapse-lab block"),
  version: z.literal(BLOCK_VERSION),
  schema: schemaShape,
  length: z.int().nonnegative(),
  files: z.record(
    z.string(),
    z.strictObject({
      /** Elements along the first axis. */
      count: z.int().nonnegative(),
      /** Size of the file. */
      bytes: z.int().nonnegative(),
      /** Of the array's bytes, header left out: `hashlib.sha256(np.load(f).tobytes())`. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What `block.json` says: written last, so that a folder without it is not a block. */
export type BlockManifest = z.infer<typeof manifest>;

/** Reads and checks `block.json` of a block's folder. */
export function readBlockManifest(folder: string): BlockManifest {
  const path = join(folder, BLOCK_MANIFEST);
  const remedy = "Delete the folder and run again to make a new block.";
  const value = readJson(path, "block manifest", remedy);
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== undefined && version !== BLOCK_VERSION)
    throw new UserError(
      `${path} is of block format ${version}; this version reads format ${BLOCK_VERSION}. ${remedy}`,
    );
  const result = manifest.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new UserError(
      `The block manifest ${path} is damaged: ${issue.path.join(".") || "it"}: ${issue.message}. ${remedy}`,
    );
  }
  return result.data;
}

/** One array file of a block. */
export interface ArrayFile {
  readonly file: string;
  readonly dtype: NpyType;
  /** Shape of one element. */
  readonly element: readonly number[];
}

/** The array files of a field: its values and, if ragged, where each item begins. */
export function filesOf(name: string, { dtype, shape, ragged }: Field): ArrayFile[] {
  const values: ArrayFile = { file: `${name}.npy`, dtype, element: shape };
  const offsets: ArrayFile = { file: `${name}.offsets.npy`, dtype: "int64", element: [] };
  return ragged ? [values, offsets] : [values];
}

/** Throws unless each field's name can be a file name. */
export function checkSchema(schema: Schema): void {
  const names = Object.keys(schema);
  if (names.length === 0) throw new RangeError("a schema needs at least one field");
  for (const name of names)
    if (!FIELD_NAME.test(name))
      throw new RangeError(
        `field name ${JSON.stringify(name)}: a letter or digit, then letters, digits, _ and - are allowed`,
      );
}
