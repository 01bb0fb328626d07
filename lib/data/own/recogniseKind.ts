import { suggestion, UserError } from "../../errors";
import { countOf } from "../../format";
import { endingOf, type Place } from "./files";

/** What a file of one's own can hold. */
export const KINDS = ["stories", "images", "molecules", "table"] as const;
export type OwnKindName = (typeof KINDS)[number];

const ENDINGS: Readonly<Record<OwnKindName, readonly string[]>> = {
  stories: ["txt", "text", "md", "jsonl", "ndjson"],
  images: ["jpg", "jpeg", "png", "webp", "npy", "idx"],
  molecules: ["sdf", "sd", "mol", "xyz", "smi", "smiles"],
  table: ["csv", "tsv"],
};

/** Files of a kind by their endings, and how many there are of other kinds. */
export interface OfKind {
  readonly kind: OwnKindName;
  readonly place: Place;
  readonly others: number;
}

/**
 * Which kind of data a place holds, by the endings of the files' names.
 * @param as the kind, where the user says it
 * @throws UserError for an unknown kind or ending, a folder of mixed kinds, or one without files of `as`
 */
export function recogniseKind(place: Place, as?: string): OfKind {
  const asked = as === undefined ? undefined : kindNamed(as);
  const counts = new Map<OwnKindName, number>();
  for (const file of place.files) {
    const kind = kindOf(endingOf(file));
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  // A single file is what its owner says it is.
  if (asked && !place.isFolder) return { kind: asked, place, others: 0 };
  if (asked && !counts.has(asked))
    throw new UserError(
      `There are no ${asked} in the folder ${place.path}: none of its ${countOf(place.files.length, "file")} ends in ${listed(asked)}.`,
    );
  if (!asked && counts.size === 0)
    throw new UserError(
      `${place.path} is of no known kind: ${place.isFolder ? "no name of a file in it" : "its name"} has a known ending. Say which it is with --as ${KINDS.join("|")}.`,
    );
  if (!asked && counts.size > 1)
    throw new UserError(
      `The folder ${place.path} has files of several kinds (${[...counts].map(([kind, count]) => `${count} of ${kind}`).join(", ")}). Say which to take: --as ${[...counts.keys()].join("|")}.`,
    );
  const kind = asked ?? [...counts.keys()][0];
  const files = place.files.filter((file) => kindOf(endingOf(file)) === kind);
  return { kind, place: { ...place, files }, others: place.files.length - files.length };
}

/** @throws UserError for another name */
function kindNamed(as: string): OwnKindName {
  const found = KINDS.find((kind) => kind === as);
  if (!found) throw new UserError(`There is no kind of data "${as}".${suggestion(as, KINDS)}`);
  return found;
}

function kindOf(ending: string): OwnKindName | undefined {
  return KINDS.find((kind) => ENDINGS[kind].includes(ending));
}

function listed(kind: OwnKindName): string {
  return ENDINGS[kind].map((ending) => `.${ending}`).join(", ");
}
