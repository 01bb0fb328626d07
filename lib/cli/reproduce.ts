import * as fs from "node:fs";
import * as path from "node:path";
import { claimLines, requireClaims } from "../claims/print";
import type { Experiment, PresetName } from "../experiments/experiment";
import { made } from "../experiments/made";
import { openSession } from "../experiments/openSession";
import { presetFolder, saveRecords } from "../experiments/records";
import { chooseExperiments, presetNamed, presetOf } from "../experiments/registry";
import { type ReportPart, report } from "../experiments/report";
import type { Session } from "../experiments/session";
import { saveFigures } from "../figures/export";
import { terminalProgress } from "../progress/terminal";
import { projectRoot } from "../root";
import { addressOf } from "../store/address";
import { writeFileAtomic } from "../store/atomic";
import type { Command } from "./command";
import { executeNotebook, notebookSource } from "./executeNotebook";
import { libraryHash, Stamps } from "./stamp";

/** `npm run reproduce`: compute what is missing, draw the figures, run the notebooks, report. */
export const reproduce: Command = {
  name: "reproduce",
  summary:
    "Computes what is missing, writes the figures, runs the notebooks through the real kernel and " +
    "writes a report. With nothing changed it ends in seconds.",
  options: {
    preset: { type: "string", help: "quick, laptop or paper", default: "quick" },
    only: { type: "string", help: "families, separated by commas (default: all)" },
    "no-notebooks": { type: "boolean", help: "leave the notebooks out", default: false },
  },
  async run({ values }, signal) {
    const started = Date.now();
    const preset = presetNamed(values.preset as string);
    const families = chooseExperiments(values.only as string | undefined);
    for (const family of families) presetOf(family, preset);
    const sink = terminalProgress();
    const session = openSession({ sink, signal });
    const parts: ReportPart[] = [];
    try {
      for (const family of families) parts.push(await reproduceFamily(family, preset, session));
      if (!values["no-notebooks"])
        for (const family of families)
          await runNotebook(family, preset, signal, (text) => sink.line(text));
    } finally {
      sink.close();
    }
    writeReport(preset, parts, values.only === undefined);
    const folder = path.relative(projectRoot(), presetFolder(preset));
    console.log(`\n${parts.flatMap((part) => claimLines(part.claims)).join("\n")}`);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`\nFigures, records and report are in ${folder}/ (${seconds} s).`);
    requireClaims(parts.flatMap((part) => part.claims));
  },
};

async function reproduceFamily<P>(
  family: Experiment<P>,
  name: PresetName,
  session: Session,
): Promise<ReportPart> {
  const preset = presetOf(family, name);
  const rows = await family.run(preset, session);
  saveRecords(name, family.name, rows);
  const about = made(family, name, preset);
  const figures = family.figures(rows, preset, about);
  await saveFigures(figures, presetFolder(name));
  return {
    title: family.title,
    notebook: `${family.notebook}.ipynb`,
    dataset: about.dataset,
    differs: about.differs ?? "",
    figures,
    claims: family.claims(rows, preset),
  };
}

/** Executed notebooks: `laptop` in place, so that they read well where they are; others aside. */
async function runNotebook(
  family: Experiment,
  preset: PresetName,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const name = `${family.notebook}.ipynb`;
  const input = path.join(projectRoot(), "notebooks", name);
  const output = preset === "laptop" ? input : path.join(presetFolder(preset), "notebooks", name);
  const stamps = new Stamps(path.join(projectRoot(), ".cache", `stamps-${preset}.json`));
  const records = path.join(presetFolder(preset), "records", `${family.name}.jsonl`);
  const inputs = addressOf([
    notebookSource(input),
    libraryHash(),
    fs.readFileSync(records, "utf8"),
  ]);
  if (stamps.fresh(name, inputs, [output])) return say(`notebook ${name}: unchanged`);
  const start = Date.now();
  await executeNotebook(input, output, { preset }, signal);
  stamps.set(name, inputs);
  say(`notebook ${name}: executed in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

function writeReport(preset: PresetName, parts: readonly ReportPart[], complete: boolean): void {
  const folder = presetFolder(preset);
  writeFileAtomic(path.join(folder, "README.md"), report(preset, parts, ""));
  if (preset === "laptop" && complete)
    writeFileAtomic(path.join(folder, "..", "README.md"), report(preset, parts, "laptop/"));
}
