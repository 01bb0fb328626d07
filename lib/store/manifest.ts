import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../errors";
import { sha256Of } from "./address";
import { Damaged } from "./damaged";
import { fileErrorOf } from "./fileErrors";

/** Version of the run store's layout. A store of another version is refused, never guessed at. */
export const FORMAT = 3;

/** Kinds of entries, which are also the names of the store's folders. */
export const KINDS = ["real", "fit", "block", "evaluation", "rows"] as const;
export type Kind = (typeof KINDS)[number];

const SourceRecord = z.object({
  /** Data set and name of the file, and where it was. */
  set: z.string(),
  file: z.string(),
  path: z.string(),
  bytes: z.number(),
  /** Time of its last change, milliseconds since 1970. */
  modified: z.number(),
  /** Of the file as it is stored, compressed or not. */
  sha256: z.string(),
});

const EntryProvenance = z.object({
  /** When the entry was finished, ISO 8601. */
  finished: z.string(),
  wallSeconds: z.number(),
  /** Processor time of all threads of the process that made it; other work beside it counts too. */
  cpuSeconds: z.number().optional(),
  /** Peak resident memory of the process that made it, bytes. */
  peakMemory: z.number(),
  /** How often an interrupted computation was taken up again. */
  resumed: z.number(),
  versions: z.record(z.string(), z.string()),
  machine: z.record(z.string(), z.string()),
  /** A hash of the code that made it. */
  code: z.string().optional(),
  /** Files that were read and whose checksum was not known beforehand. */
  sources: z.array(SourceRecord).optional(),
});

const Input = z.object({
  kind: z.enum(KINDS),
  address: z.string(),
  /** `contentOf` the input's manifest when it was used. */
  content: z.string(),
});

const Manifest = z.object({
  format: z.literal(FORMAT),
  kind: z.enum(KINDS),
  address: z.string(),
  /** Everything that determines the entry; its hash is the address. */
  identity: z.record(z.string(), z.unknown()),
  /** What came out, in numbers: metrics, item counts, the data's description. */
  result: z.record(z.string(), z.unknown()),
  /** Entries that it was made from. */
  inputs: z.array(Input),
  /** Every file of the entry. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
  /** How it was made; not part of the address and not reproducible. */
  provenance: EntryProvenance,
  /** SHA-256 of the canonical JSON of everything above. */
  checksum: z.string(),
});

/** The record beside every finished entry of the run store. */
export type Manifest = z.infer<typeof Manifest>;
export type EntryProvenance = z.infer<typeof EntryProvenance>;
export type SourceRecord = z.infer<typeof SourceRecord>;
export type Input = z.infer<typeof Input>;

export const MANIFEST = "manifest.json";

/** The manifest's text, with its checksum. */
export function formatManifest(manifest: Omit<Manifest, "checksum">): string {
  // As it will be read back: JSON has no undefined.
  const plain = JSON.parse(JSON.stringify(manifest));
  return `${JSON.stringify({ ...plain, checksum: sha256Of(plain) }, null, 2)}\n`;
}

/** SHA-256 of what an entry holds, however and whenever it was made: its result and its files. */
export const contentOf = ({ result, files }: Pick<Manifest, "result" | "files">): string =>
  sha256Of({ result, files });

/**
 * Reads and checks a manifest, and that its files are there at their full length.
 * @throws UserError naming the folder if it is cut short, altered, of another format, or incomplete.
 */
export function readManifest(folder: string): Manifest {
  const manifest = readManifestAlone(folder);
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    const stat = fs.statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (stat?.size !== bytes)
      throw new Damaged(folder, `${name} has ${stat?.size ?? "no"} bytes instead of ${bytes}`);
  }
  return manifest;
}

/** Reads and checks a manifest without a look at its files. */
export function readManifestAlone(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  let raw: unknown;
  try {
    raw = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    const said = fileErrorOf(error, file);
    if (said instanceof UserError) throw said;
    throw new Damaged(folder, `its manifest cannot be read (${messageOf(error)})`);
  }
  const format = (raw as { format?: unknown } | null)?.format;
  if (format !== FORMAT)
    throw new UserError(
      `${folder} was written in run-store format ${String(format)}; this version reads format ${FORMAT}. ` +
        "Move the folder away, or set COLLAPSE_LAB_RUNS to another place.",
    );
  const parsed = Manifest.safeParse(raw);
  if (!parsed.success)
    throw new Damaged(
      folder,
      `its manifest is incomplete (${parsed.error.issues[0].path.join(".")})`,
    );
  const { checksum, ...content } = raw as Manifest;
  if (sha256Of(content) !== checksum)
    throw new Damaged(folder, "its manifest does not have the checksum it states");
  return parsed.data;
}
