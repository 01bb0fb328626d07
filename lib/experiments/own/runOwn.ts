import * as path from "node:path";
import type { Claim } from "../../claims/claim";
import { openPlace, type Place } from "../../data/own/files";
import type { Reading } from "../../data/own/readFile";
import { recogniseKind } from "../../data/own/recogniseKind";
import { UserError } from "../../errors";
import type { Figure, Provenance } from "../../figures/figure";
import { countOf, formatCount } from "../../format";
import type { Row } from "../../metrics/row";
import { versions } from "../../store/versions";
import { timeText } from "../forecast/timeText";
import type { Preset } from "../preset";
import type { Session } from "../session";
import type { OwnOptions, Survey } from "./kind";
import { type AnyKind, OWN_KINDS } from "./kinds";
import { type Effort, presetFor } from "./plan";
import { stored } from "./stored";
import { withData } from "./withData";

export interface RunOwnOptions extends OwnOptions, Omit<Effort, "minutes"> {
  /** About how long the first run may take. @defaultValue 10 */
  readonly minutes?: number | undefined;
}

/** What a run on data of the user's own gives. */
export interface OwnResult {
  /** Name of the file or folder, without its ending. */
  readonly name: string;
  readonly title: string;
  /** What was read, left out and run: sentences. */
  readonly said: readonly string[];
  readonly provenance: Provenance;
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
  /** The family's claims; what the paper published is of other data. */
  readonly claims: readonly Claim[];
}

export const DEFAULT_MINUTES = 10;

/**
 * Runs a family on a file or folder of the user's own: replace, accumulate and accumulate-subsample at a
 * size that fits the data and the time. The data are known by their content: what was computed on the
 * same content and for the same time comes from the run store.
 * @param given path of the file or folder
 * @param say told each sentence of `said` as soon as it is known
 * @throws UserError if the data cannot be used, with what to do
 * @example await runOwn("my-stories.txt", { minutes: 5 }, session, console.log)
 */
export async function runOwn(
  given: string,
  options: RunOwnOptions,
  session: Session,
  say: (sentence: string) => void = () => {},
): Promise<OwnResult> {
  const { minutes = DEFAULT_MINUTES } = options;
  requirePositive("minutes", minutes);
  requireWhole("iterations", options.iterations, 2);
  requireWhole("seeds", options.seeds, 1);
  const said: string[] = [];
  const tell = (sentence: string) => {
    said.push(sentence);
    say(sentence);
  };
  const { kind: name, place, others } = recogniseKind(openPlace(given), options.as);
  const kind = OWN_KINDS[name];
  const reading: Reading = {
    signal: session.signal,
    progress: (done, total) => session.progress(`Reading ${place.name}`, done, total),
  };
  const key = { kind: name, version: kind.version };
  const survey = await surveyOf(key, kind, place, options, reading, session);
  for (const sentence of survey.said) tell(sentence);
  if (others > 0) tell(`Left out: ${countOf(others, "file")} of the folder with other endings.`);
  const reader = withData(session, kind.loadReal(survey, place, reading));
  const prepared = { kind, survey, place, reading, session: reader };
  const { preset, warning } = await presetFor(key, prepared, { ...options, minutes });
  if (warning !== undefined) tell(warning);
  const { family } = kind;
  tell(planText(family.title, preset));
  const { hours, generations, finished } = family.forecast(preset, session.store);
  if (finished < generations) say(`About ${timeText(hours)} on this machine.`);
  const rows = await family.run(preset, reader);
  const provenance: Provenance = {
    ...{ preset: "own", versions: versions(), ...family.describe(preset) },
    dataset: `${place.name} (${sizesOf(preset)})`,
  };
  return {
    ...{ name: path.parse(place.name).name, title: family.title, said, provenance, rows },
    figures: family.figures(rows, preset, provenance),
    claims: family.claims(rows, preset).map(({ published: _, ...claim }) => claim),
  };
}

/** What is in the files, read once for each state of them. */
async function surveyOf(
  key: object,
  kind: AnyKind,
  place: Place,
  options: OwnOptions,
  reading: Reading,
  session: Session,
): Promise<Survey> {
  const asked = Object.fromEntries(kind.reads.map((name) => [name, options[name] ?? null]));
  const files = place.files.map(({ name, bytes, modified }) => [name, bytes, modified]);
  return stored(session, { ...key, name: "own data", asked, place: place.path, files }, () =>
    kind.survey(place, options, reading),
  );
}

/** "812 / 200" from the section `data` of any family. */
function sizesOf({ task }: Preset<object>): string {
  const { data } = task as { data: Readonly<Record<string, unknown>> };
  const count = (...keys: string[]) =>
    formatCount(Number(data[keys.find((key) => key in data) ?? ""]));
  return `${count("trainItems", "trainMolecules")} / ${count("testItems", "testMolecules")}`;
}

/** "Language models: replace, … on 812 / 200 items; 4 iterations, 3 seeds." */
function planText(title: string, preset: Preset<object>): string {
  const [{ regimes, iterations, seeds }] = preset.variants[0].chains;
  const names = regimes.map(({ kind }) => kind).join(", ");
  return `${title}: trained on ${sizesOf(preset).replace(" / ", ", tested on ")}; ${names}; ${countOf(iterations, "iteration")}, ${countOf(seeds, "seed")}.`;
}

function requirePositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0))
    throw new UserError(`The ${name} must be a number above 0, not ${value}.`);
}

function requireWhole(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least))
    throw new UserError(`The ${name} must be a whole number from ${least} on, not ${value}.`);
}
