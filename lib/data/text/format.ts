import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { END_OF_STORY, LONGEST_STORY, storiesOf } from "./storiesOf";
import { decodeUtf8 } from "./utf8";

/** How a text of one's own is divided into stories; "files": each file is one. */
export const STORY_FORMATS = ["endoftext", "blank-lines", "lines", "jsonl", "files"] as const;
export type StoryFormat = (typeof STORY_FORMATS)[number];

/** Why a piece of a file is no story. */
export const NO_STORY = { empty: "empty" } as const;

export interface StoryReader {
  readonly format: StoryFormat;
  /** Of JSON lines, the field with the story. */
  readonly field?: string | undefined;
  /** Called for each piece that is no story, with the reason. */
  readonly onLeftOut?: (reason: string) => void;
}

/**
 * The stories of one file, trimmed, as a format divides it. One chunk and one story are held in memory.
 * @param where the file, for errors
 * @throws UserError if the bytes are not UTF-8, a story does not end, or a line is not the JSON expected
 * @example
 * for await (const story of readStories(readChunks("poems.txt"), "poems.txt", { format: "blank-lines" }))
 *   console.log(story);
 */
export function readStories(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  { format, field, onLeftOut = () => {} }: StoryReader,
): AsyncGenerator<string, void, undefined> {
  const leftOut = () => onLeftOut(NO_STORY.empty);
  if (format === "endoftext") return storiesOf(chunks, where, leftOut);
  const lines = linesOf(decodeUtf8(chunks, where), where);
  if (format === "lines") return tidied(lines, leftOut);
  if (format === "jsonl") return tidied(fieldsOf(lines, field ?? "text", where), leftOut);
  return tidied(blocksOf(lines, where, format === "blank-lines"), leftOut);
}

async function* tidied(texts: AsyncIterable<string>, onEmpty: () => void) {
  for await (const text of texts) {
    const story = text.trim();
    if (story === "") onEmpty();
    else yield story;
  }
}

/** Lines without their ends (LF or CR LF). */
async function* linesOf(pieces: AsyncIterable<string>, where: string) {
  let open = "";
  let number = 0;
  for await (const piece of pieces) {
    const parts = (open + piece).split("\n");
    open = parts.pop() ?? "";
    for (const line of parts) {
      number++;
      yield line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    if (open.length > LONGEST_STORY) throw endless(`Line ${number + 1} of ${where}`);
  }
  if (open !== "") yield open;
}

/** Blocks of lines with blank lines between them, or all lines as one. */
async function* blocksOf(lines: AsyncIterable<string>, where: string, divided: boolean) {
  let block: string[] = [];
  let length = 0;
  for await (const line of lines) {
    if (divided && line.trim() === "") {
      if (length > 0) yield block.join("\n");
      [block, length] = [[], 0];
      continue;
    }
    block.push(line);
    length += line.length + 1;
    if (length > LONGEST_STORY) throw endless(`A story of ${where}`);
  }
  yield* length > 0 || !divided ? [block.join("\n")] : [];
}

async function* fieldsOf(lines: AsyncIterable<string>, field: string, where: string) {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const record = parseRecord(line, `Line ${number} of ${where}`);
    const story = record[field];
    if (typeof story !== "string")
      throw new UserError(
        `Line ${number} of ${where} has no text in the field "${field}"; its fields are ${Object.keys(record).join(", ") || "none"}. Name another with --field.`,
      );
    yield story;
  }
}

/** A line of JSON lines. @throws UserError if it is no JSON object */
export function parseRecord(line: string, where: string): Readonly<Record<string, unknown>> {
  let record: unknown;
  try {
    record = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    record = undefined;
  }
  if (typeof record !== "object" || record === null || Array.isArray(record))
    throw new UserError(
      `${where} is not a JSON object such as {"text": "…"}. Correct it, or choose another format with --stories.`,
    );
  return record as Readonly<Record<string, unknown>>;
}

function endless(what: string): UserError {
  return new UserError(
    `${what} has more than ${formatCount(LONGEST_STORY)} characters. Put a line ${END_OF_STORY} after each story.`,
  );
}
