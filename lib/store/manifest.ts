import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { UserError } from "../errors";

/** Version of the run store's layout. A store of another version is refused, never guessed at. */
export const FORMAT = 1;

const Made = z.object({
  /** When the entry was finished, ISO 8601. */
  finished: z.string(),
  wallSeconds: z.number(),
  /** Peak resident memory of the process that made it, bytes. */
  peakMemory: z.number(),
  /** How often an interrupted computation was taken up again. */
  resumed: z.number(),
  versions: z.record(z.string(), z.string()),
  machine: z.record(z.string(), z.string()),
});

const Manifest = z.object({
  format: z.literal(FORMAT),
  kind: z.enum(["real", "generation", "rows"]),
  address: z.string(),
  /** Everything that determines the entry; its hash is the address. */
  identity: z.record(z.string(), z.unknown()),
  /** What came out, in numbers: metrics, item counts, the data's description. */
  result: z.record(z.string(), z.unknown()),
  /** Every file of the entry. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
  /** How it was made; not part of the address and not reproducible. */
  made: Made,
});

/** The record beside every finished entry of the run store. */
export type Manifest = z.infer<typeof Manifest>;
export type Made = z.infer<typeof Made>;

export const MANIFEST = "manifest.json";

/**
 * Reads and checks a manifest, and that its files are there at their full length.
 * @throws UserError naming the folder if it is cut short, of another format, or incomplete.
 */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  let raw: unknown;
  try {
    raw = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw damaged(folder, `its manifest cannot be read (${(error as Error).message})`);
  }
  const format = (raw as { format?: unknown } | null)?.format;
  if (format !== FORMAT)
    throw new UserError(
      `${folder} was written in run-store format ${String(format)}; this version reads format ${FORMAT}. ` +
        "Move the folder away, or set COLLAPSE_LAB_RUNS to another place.",
    );
  const parsed = Manifest.safeParse(raw);
  if (!parsed.success)
    throw damaged(folder, `its manifest is incomplete (${parsed.error.issues[0].path.join(".")})`);
  for (const [name, { bytes }] of Object.entries(parsed.data.files)) {
    const stat = fs.statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (stat?.size !== bytes)
      throw damaged(folder, `${name} has ${stat?.size ?? "no"} bytes instead of ${bytes}`);
  }
  return parsed.data;
}

function damaged(folder: string, why: string): UserError {
  return new UserError(
    `The run store's entry ${folder} is damaged: ${why}. Remove that folder (npm run runs -- prune --damaged) and rerun; only it is computed again.`,
  );
}
