import * as fs from "node:fs";
import * as path from "node:path";
import { ageOf, LEASE_MS, LOST_MS } from "./lease";
import { lifeOf, type Owner } from "./owner";

/** One claim on a place: `owner-000001.json`, or `owner-000001.free.json` once it was let go of. */
export interface ClaimFile {
  readonly number: number;
  readonly path: string;
  readonly released: boolean;
}

/** What a claim file says. */
export interface ClaimRecord extends Owner {
  /** Name of the owner's folder beside the claim file. */
  readonly folder: string;
}

/** "free" is certain; the owner of an "expired" one may live on, cut off from the file system. */
export type Standing = "alive" | "expired" | "free";

export const claimPath = (place: string, number: number): string =>
  path.join(place, `owner-${String(number).padStart(6, "0")}.json`);

/** Claims on a place, in the order of their numbers. */
export function claimFiles(place: string): ClaimFile[] {
  return namesIn(place)
    .map((name) => ({ name, match: /^owner-(\d+)(\.free)?\.json$/.exec(name) }))
    .flatMap(({ name, match }) =>
      match
        ? [{ number: Number(match[1]), path: path.join(place, name), released: !!match[2] }]
        : [],
    )
    .sort((a, b) => a.number - b.number);
}

/** What a claim file says, or undefined if it is gone or damaged. */
export function readClaim({ path: file }: ClaimFile): ClaimRecord | undefined {
  try {
    const record = JSON.parse(fs.readFileSync(file, "utf8"));
    return typeof record?.folder === "string" ? record : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT")
      return undefined;
    throw error;
  }
}

/** Whether the owner of a claim is at work. */
export function standingOf(file: ClaimFile): Standing {
  const record = file.released ? undefined : readClaim(file);
  if (!record) return "free";
  const life = lifeOf(record);
  if (life !== "elsewhere") return life === "alive" ? "alive" : "free";
  const age = ageOf(file.path);
  if (age <= LEASE_MS) return "alive";
  return age <= LOST_MS ? "expired" : "free";
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
