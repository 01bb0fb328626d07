import { setImmediate } from "node:timers/promises";
import { Cancelled } from "../../errors";
import type { Figure } from "../../figures/figure";
import { panelGrid } from "../../figures/layout";
import { regimeColour, regimeLabel } from "../../figures/style";
import { band, legendKey, line, theory } from "../../figures/traces";
import { summarise } from "../../metrics/statistics";
import type { Regime } from "../../pool/regime";
import { Streams } from "../../random/streams";
import { versions } from "../../store/versions";
import type { Row } from "../experiment";
import { linearConfig } from "./config";
import { expectedError } from "./expected";
import { seedList } from "./figures/index";
import {
  literalErrors,
  reasonForLiteral,
  type Setting,
  STEPS,
  wholeBlockErrors,
} from "./simulation/index";

/** A question of one's own. */
export interface Question extends Setting {
  /** Seeds 0 … seeds−1. */
  readonly seeds: number;
}

/**
 * Test errors of any regimes at any setting, fixed X: one row a regime and iteration. Regimes of
 * whole blocks are drawn exactly and at once; others (subsamples, kept shares) are built and
 * solved, which takes longer with T and n.
 */
export async function explore(
  question: Question,
  regimes: readonly Regime[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Row[]> {
  const rows: Row[] = [];
  const { d, T, sigma2, iterations } = question;
  for (const regime of regimes) {
    const paths: Float64Array[] = [];
    for (let seed = 0; seed < question.seeds; seed++) {
      paths.push(await pathOf(question, regime, seed));
      if (seed % 10 === 9) await setImmediate();
      if (signal.aborted) throw new Cancelled();
    }
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const errors = paths.map((path) => path[iteration - 1]);
      rows.push({ regime: regime.name, d, T, sigma2, iteration, ...summarise(errors) });
    }
  }
  return rows;
}

async function pathOf(question: Question, regime: Regime, seed: number): Promise<Float64Array> {
  const { seeds, iterations, ...shape } = question;
  const streams = Streams.ofSeed(seed);
  if (reasonForLiteral(regime, question) === undefined)
    return wholeBlockErrors(regime, question, streams.get("explore").at(regime.name));
  const config = linearConfig({ ...shape, testItems: 1 });
  return literalErrors(config, regime, iterations, streams);
}

/** The rows of {@link explore}: mean with 95 % band, theory dashed where a closed form is known. */
export function exploreFigure(rows: readonly Row[], options: { log?: boolean } = {}): Figure {
  const names = [...new Set(rows.map((row) => String(row.regime)))];
  const { d, T, sigma2, n } = rows[0] as Record<string, number>;
  const grid = panelGrid({
    title: `d = ${d}, T = ${T}, σ² = ${sigma2}`,
    x: { title: "iteration" },
    y: { title: "test squared error", log: options.log ?? false },
    legend: "",
    legendWidth: 190,
    panelHeight: 360,
  });
  const panel = grid.panel(0, 0);
  const data = names.flatMap((name) => {
    const own = rows.filter((row) => row.regime === name) as unknown as Record<string, number>[];
    const column = (key: string) => own.map((row) => row[key]);
    const series = { x: column("iteration"), colour: regimeColour(name), name: regimeLabel(name) };
    const point = { regime: name, variant: "paper", d, T, sigma2 } as const;
    const dashed = series.x.map((iteration) => expectedError({ ...point, iteration }));
    const known = name in STEPS || name === "accumulate-subsample";
    return [
      band({ ...series, low: column("low"), high: column("high"), floor: 1e-12 }, panel),
      line({ ...series, y: column("mean") }, panel),
      ...(known ? [theory({ x: series.x, y: dashed, name: series.name }, panel)] : []),
    ];
  });
  return {
    name: "linear-question",
    data: [...data, legendKey("theory", panel)],
    layout: grid.layout,
    alt: `Test squared error against iteration under ${names.join(", ")} at d = ${d}, T = ${T}, σ² = ${sigma2}.`,
    provenance: {
      preset: "",
      dataset: "generated linear regression",
      seeds: seedList(n),
      versions: versions(),
    },
  };
}
