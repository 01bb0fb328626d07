import * as path from "node:path";
import { claimLines, requireClaims } from "../claims/print";
import { Cancelled } from "../errors";
import type { Experiment, PresetName } from "../experiments/experiment";
import { timeText } from "../experiments/forecast/timeText";
import { openSession } from "../experiments/openSession";
import { provenanceOf } from "../experiments/provenanceOf";
import { hasRecords, loadRecords, presetFolder, saveRecords } from "../experiments/records";
import {
  chooseExperiments,
  EXPERIMENTS,
  presetNamed,
  presetOf,
  whyMissing,
} from "../experiments/registry";
import { type ReportPart, report } from "../experiments/report";
import type { Session } from "../experiments/session";
import { saveFigures } from "../export/export";
import type { Figure } from "../figures/figure";
import { regimesFigure } from "../figures/regimes";
import type { Row } from "../metrics/row";
import { terminalProgress } from "../progress/terminal";
import { projectRoot } from "../root";
import { writeFileAtomic } from "../store/atomic";
import { RunStore } from "../store/runStore";
import { versions } from "../store/versions";
import type { Command } from "./command";
import { forecastText, sizeText } from "./forecastText";
import { runNotebooks } from "./runNotebooks";

/** The notebook that is not part of a family. */
const START = "00-start-here";

/** `npm run reproduce`: compute what is missing, draw the figures, run the notebooks, report. */
export const reproduce: Command = {
  name: "reproduce",
  summary:
    "Computes what is missing, writes the figures, runs the notebooks through the real kernel and " +
    "writes a report. With nothing changed it ends in seconds.",
  options: {
    preset: { type: "string", help: "quick, laptop or paper", default: "quick" },
    only: { type: "string", help: "families, separated by commas (default: all)" },
    redraw: {
      type: "boolean",
      help: "draw from the records of an earlier run (laptop's come with the project)",
      default: false,
    },
    "dry-run": {
      type: "boolean",
      help: "compute nothing: print what would run, and its disk space, time and data",
      default: false,
    },
    "no-notebooks": { type: "boolean", help: "leave the notebooks out", default: false },
  },
  async run({ values }, signal) {
    const started = Date.now();
    const preset = presetNamed(values.preset as string);
    const families = chooseExperiments(values.only as string | undefined);
    if (values["dry-run"]) return dryRun(families, preset);
    for (const family of families) presetOf(family, preset);
    const sink = terminalProgress();
    const session = openSession({ sink, signal });
    const computed = new Map<string, ReportPart>();
    const notes = new Set<string>();
    const save = async (figures: readonly Figure[]) => {
      const { note } = await saveFigures(figures, presetFolder(preset));
      if (note) notes.add(note);
    };
    try {
      await save(overview(preset).figures);
      for (const family of families) {
        if (signal.aborted) throw new Cancelled();
        const part = values.redraw
          ? partOf(family, preset, loadRecords(preset, family.name))
          : await computeFamily(family, preset, session);
        await save(part.figures);
        computed.set(family.name, part);
      }
      if (!values.redraw && !values["no-notebooks"]) {
        const notebooks = families.flatMap((family) => family.notebooks);
        if (values.only === undefined) notebooks.unshift(START);
        await runNotebooks(notebooks, preset, signal, (text) => sink.line(text));
      }
    } finally {
      sink.close();
    }
    writeReport(preset, computed);
    const claims = [...computed.values()].flatMap((part) => part.claims);
    console.log(`\n${claimLines(claims).join("\n")}`);
    for (const note of notes) console.log(`\n${note}`);
    const folder = path.relative(projectRoot(), presetFolder(preset));
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`\nFigures, records and report are in ${folder}/ (${seconds} s).`);
    requireClaims(claims);
  },
};

/** Prints, family by family, what a run would do; a family without the preset says why. */
function dryRun(families: readonly Experiment[], name: PresetName): void {
  const store = RunStore.open();
  let hours = 0;
  let bytes = 0;
  for (const family of families) {
    const title = `\n${family.title}, preset ${name}`;
    if (family.presets[name] === undefined) {
      console.log(`${title}\n  Nothing would run: ${whyMissing(family, name)}.`);
      continue;
    }
    const forecast = family.forecast(presetOf(family, name), store);
    console.log(forecastText(title, forecast).join("\n"));
    hours += forecast.hours;
    bytes += forecast.bytes;
  }
  console.log(
    `\nIn all about ${timeText(hours)} and ${sizeText(bytes)}. Nothing was computed; without --dry-run it starts, and what is finished is kept.`,
  );
}

async function computeFamily<P>(
  family: Experiment<P>,
  name: PresetName,
  session: Session,
): Promise<ReportPart> {
  const rows = await family.run(presetOf(family, name), session);
  saveRecords(name, family.name, rows);
  return partOf(family, name, rows);
}

function partOf<P>(family: Experiment<P>, name: PresetName, rows: readonly Row[]): ReportPart {
  const preset = presetOf(family, name);
  const about = provenanceOf(family, name, preset);
  return {
    title: family.title,
    notebooks: family.notebooks.map((name) => `${name}.ipynb`),
    dataset: about.dataset,
    differs: about.differs ?? "",
    figures: family.figures(rows, preset, about),
    claims: family.claims(rows, preset),
  };
}

/** Figure 1 is not part of a family: it shows what all of them do. */
function overview(preset: PresetName): ReportPart {
  const dataset = "a drawing, no data";
  return {
    title: "The two regimes",
    notebooks: [`${START}.ipynb`],
    dataset,
    differs: "",
    figures: [regimesFigure({ preset, dataset, seeds: [], versions: versions() })],
    claims: [],
  };
}

/** The report covers every family that has records, computed now or earlier. */
function writeReport(preset: PresetName, computed: ReadonlyMap<string, ReportPart>): void {
  const parts = EXPERIMENTS.flatMap((family) => {
    const now = computed.get(family.name);
    if (now) return [now];
    return hasRecords(preset, family.name)
      ? [partOf(family, preset, loadRecords(preset, family.name))]
      : [];
  });
  const folder = presetFolder(preset);
  const all = [overview(preset), ...parts];
  writeFileAtomic(path.join(folder, "README.md"), report(preset, all, ""));
  if (preset === "laptop")
    writeFileAtomic(path.join(folder, "..", "README.md"), report(preset, all, "laptop/"));
}
