import * as path from "node:path";
import { claimLines } from "../claims/print";
import { openPlace } from "../data/own/files";
import { KINDS } from "../data/own/recogniseKind";
import { STORY_FORMATS } from "../data/text/format";
import { UserError } from "../errors";
import { openSession } from "../experiments/openSession";
import { checkFolder, ownFolder, saveOwn } from "../experiments/own/report";
import { DEFAULT_MINUTES, runOwn } from "../experiments/own/runOwn";
import { terminalProgress } from "../progress/terminal";
import { calledFrom } from "./calledFrom";
import type { Command } from "./command";

/** `npm run own -- PATH`: a family's experiment on a file or folder of the user's own. */
export const own: Command = {
  name: "own",
  summary:
    "Runs replace, accumulate and accumulate-subsample on data of your own, and writes figures, " +
    "claims and a report. With nothing changed it ends in seconds.",
  positionals: "PATH",
  options: {
    as: { type: "string", help: `what it is: ${KINDS.join(", ")} (default: by its ending)` },
    minutes: {
      type: "string",
      help: "about how long the first run may take",
      default: String(DEFAULT_MINUTES),
    },
    out: { type: "string", help: "folder of the results (default: figures/own/NAME)" },
    stories: {
      type: "string",
      help: `how stories are divided: ${STORY_FORMATS.join(", ")} (default: recognised)`,
    },
    iterations: { type: "string", help: "models of each chain (default: 4; of a table 10)" },
    seeds: { type: "string", help: "repetitions (default: 3; of a table 30)" },
    size: { type: "string", help: "height and width of pictures, in pixels (default: 32)" },
    grey: { type: "boolean", help: "drop the colours of pictures", default: false },
    field: { type: "string", help: "of JSON lines, the field with the story" },
    target: { type: "string", help: "of a table, the column to explain (default: the last)" },
    without: { type: "string", help: "of a table, columns to leave out, with commas between them" },
  },
  async run({ values, positionals }, signal) {
    const started = Date.now();
    if (positionals.length !== 1)
      throw new UserError(
        `own takes one file or folder, as in npm run own -- my-stories.txt; it was given ${positionals.length}.`,
      );
    const from = calledFrom();
    const given = path.resolve(from, positionals[0]);
    const out = values.out === undefined ? undefined : path.resolve(from, String(values.out));
    const { name } = path.parse(openPlace(given).name);
    const folder = ownFolder(name, out);
    checkFolder(folder);
    const text = (key: string) => values[key] as string | undefined;
    const number = (key: string) => (values[key] === undefined ? undefined : Number(values[key]));
    const sink = terminalProgress();
    const session = openSession({ sink, signal });
    const options = {
      ...{ size: number("size"), grey: values.grey === true || undefined },
      ...{ as: text("as"), stories: text("stories"), field: text("field") },
      ...{ target: text("target"), without: text("without")?.split(",") },
      ...{ minutes: number("minutes"), iterations: number("iterations"), seeds: number("seeds") },
    };
    let note: string | undefined;
    try {
      const result = await runOwn(given, options, session, (sentence) => sink.line(sentence));
      note = await saveOwn(result, folder, commandOf(positionals[0], values));
      sink.close();
      console.log(`\n${claimLines(result.claims).join("\n")}`);
    } finally {
      sink.close();
    }
    if (note) console.log(`\n${note}`);
    const shown = path.relative(process.cwd(), folder);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `\nFigures, records and a report are in ${shown.startsWith("..") ? folder : shown}/ (${seconds} s).`,
    );
  },
};

/** The command as it can be given again. */
function commandOf(
  given: string,
  values: Readonly<Record<string, string | boolean | undefined>>,
): string {
  const options = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === false || name === "out") return [];
    if (value === own.options[name].default) return [];
    return [value === true ? `--${name}` : `--${name} ${value}`];
  });
  return ["npm run own --", given, ...options].join(" ");
}
