import { chooseRows } from "../../data/own/table/choose";
import { surveyTable, type TableSurvey } from "../../data/own/table/survey";
import { formatCount } from "../../format";
import { MAIN } from "../preset";
import { accumulate, replace, subsample } from "../regimeSpecs";
import { type TableConfig, tableConfig } from "../table/config";
import { table } from "../table/index";
import type { TablePreset } from "../table/preset";
import { tableData, tableTask } from "../table/task";
import type { OwnKind } from "./kind";
import { heldOut, presetsBySize } from "./ladder";

/** Held-out rows: a quarter of those for training, within these numbers and a fifth of all. */
const TEST = { least: 20, most: 10_000 } as const;
/** Least squares takes no time, so that seeds enough for narrow intervals are run. */
const RUNS = { iterations: 10, seeds: 30 } as const;

/** A table of one's own: least squares of one column on the others. */
export const ownTable: OwnKind<TableSurvey, TableConfig, TablePreset> = {
  family: table,
  task: tableTask,
  version: 1,
  reads: ["target", "without"],
  survey: surveyTable,

  presets(survey) {
    const { items, inputs } = survey;
    // Theory needs two rows more than there are coefficients.
    const least = inputs.length + 3;
    const most = Math.max(least, items - heldOut(items, items, TEST));
    return [presetsBySize(items, { least, most }, TEST, (sizes) => presetOf(survey, sizes))];
  },

  loadReal:
    (survey, place, reading) =>
    async ({ data }, { streams }) => {
      const counts = { train: data.trainItems, test: data.testItems };
      const { train, test } = await chooseRows(place, survey, counts, streams, reading);
      return {
        ...tableData(train, test),
        checksums: { [place.name]: survey.sha256 },
        description: `${place.name} (${formatCount(counts.train)} / ${formatCount(counts.test)} rows)`,
      };
    },
};

function presetOf(
  { sha256, target, inputs }: TableSurvey,
  items: { readonly train: number; readonly test: number },
): TablePreset {
  const task = tableConfig.parse({
    data: {
      ...{ dataset: "own", own: { sha256, target, inputs: [...inputs] } },
      ...{ trainItems: items.train, testItems: items.test },
    },
    model: { family: "least-squares" },
    ...{ training: {}, sampling: {}, evaluation: {} },
  });
  const chains = [{ regimes: [replace, accumulate, subsample], ...RUNS }];
  const label = "least squares";
  return { task, variants: [{ name: MAIN, label, role: "main", changes: {}, chains }] };
}
