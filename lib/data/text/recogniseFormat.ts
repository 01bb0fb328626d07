import { UserError } from "../../errors";
import { countOf, formatCount } from "../../format";
import { parseRecord, type StoryFormat } from "./format";
import { END_OF_STORY } from "./storiesOf";

/** Fields of JSON lines that are taken for the story where several hold text. */
const FIELDS = ["text", "story", "content"];

/** Fewest stories of a beginning that count as a division of it. */
const ENOUGH = 10;

export interface Recognised {
  readonly format: StoryFormat;
  readonly field?: string;
  /** How it was recognised, the end of a sentence. */
  readonly because: string;
}

/**
 * Recognises from the beginning of a text how it is divided into stories.
 * @param text its first few million characters
 * @param where the file; its ending counts
 * @param whole whether that is all of it
 * @throws UserError if it has no marks, or one of several fields must be chosen
 */
export function recogniseFormat(text: string, where: string, field?: string): Recognised {
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(where) || field !== undefined)
    return jsonLines(text, where, field);
  if (text.includes(END_OF_STORY))
    return { format: "endoftext", because: `the mark ${END_OF_STORY} is after each` };
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const blocks = text.split(/\n[ \t]*\r?\n/).filter((block) => block.trim() !== "");
  if (blocks.length >= ENOUGH && blocks.length >= lines.length / 50)
    return { format: "blank-lines", because: "blank lines are between them" };
  if (lines.length >= ENOUGH)
    return { format: "lines", because: "one a line, for want of marks and blank lines" };
  throw new UserError(
    `${where} looks like ${countOf(1, "story", "stories")} of ${formatCount(text.trim().length)} characters: it has neither the mark ${END_OF_STORY}, nor ${ENOUGH} blocks with blank lines between them, nor ${ENOUGH} lines. Put a line ${END_OF_STORY} after each story.`,
  );
}

function jsonLines(text: string, where: string, field: string | undefined): Recognised {
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  const record = parseRecord(first, `The first line of ${where}`);
  if (field !== undefined) return { format: "jsonl", field, because: `the field "${field}"` };
  const texts = Object.keys(record).filter((key) => typeof record[key] === "string");
  const chosen =
    FIELDS.find((name) => texts.includes(name)) ?? (texts.length === 1 ? texts[0] : undefined);
  if (chosen === undefined)
    throw new UserError(
      `The first line of ${where} has ${texts.length === 0 ? "no field with text" : `text in the fields ${texts.join(", ")}`}. Name the one with the story: --field NAME.`,
    );
  return { format: "jsonl", field: chosen, because: `JSON lines, the field "${chosen}"` };
}
