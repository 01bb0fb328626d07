import { bestOfStep, bestOfTex } from "../../../theory/index";
import type { Curve, Entry, Run } from "./entry";

const K = 6;
const FACTOR = 1.5;
const position = Array.from({ length: K }, (_, k) => k / (K - 1));
const reward = position.map((x) => FACTOR * x);
const opposite = reward.map((r) => -r);
/** Items of one replicate, a multiple of 60. */
const T = 1200;

interface Case {
  readonly name: string;
  readonly label: string;
  /** Share of choices that is made by the opposite reward. */
  readonly adversaries: number;
}
const CASES: readonly Case[] = [
  { name: "curated", label: "best of 2", adversaries: 0 },
  { name: "adversaries-25", label: "a quarter of the curators adversarial", adversaries: 0.25 },
  { name: "adversaries-50", label: "half of the curators adversarial", adversaries: 0.5 },
  { name: "adversaries-75", label: "three quarters adversarial", adversaries: 0.75 },
];

/** Distribution of models 1 … N for T → ∞. */
function exactShares(adversaries: number, iterations: number): number[][] {
  const shares = [Array<number>(K).fill(1 / K)];
  const other = adversaries > 0 ? { other: { share: adversaries, reward: opposite } } : {};
  while (shares.length < iterations)
    shares.push(bestOfStep(shares[shares.length - 1], { candidates: 2, reward, ...other }));
  return shares;
}

const runs = (cases: readonly Case[], replicates: number, iterations: number): Run[] =>
  cases.map(({ name, adversaries }) => ({
    name,
    changes: {
      data: {
        dataset: "selected-categorical",
        probabilities: Array(K).fill(1),
        trainItems: T * replicates,
        replicates,
      },
    },
    regime: {
      kind: "curated",
      regime: { kind: "replace" },
      curate: {
        ...{ kind: "best-of", candidates: 2, reward: "position", factor: FACTOR },
        ...(adversaries > 0
          ? { other: { share: adversaries, reward: "position", factor: -FACTOR } }
          : {}),
      },
    },
    iterations,
  }));

const meanPosition = (p: readonly number[]): number =>
  p.reduce((sum, q, k) => sum + q * position[k], 0);

/** Curated retraining optimises the curators' reward. */
export const bestOf: Entry = {
  id: "best-of",
  title: "Curated retraining follows the curators' reward",
  claim:
    "Keeping one of K samples by Bradley–Terry makes each model p·H_K of the one before; without real data it ends in the outcomes of the highest reward",
  source: { paper: "Ferbach, Bertrand, Bose & Gidel, arXiv 2407.09499", how: "read" },
  formulas: () => [bestOfTex],
  runs: ({ pick }) => runs(CASES.slice(0, 1), pick(40, 100), 6),
  curves: [
    {
      id: "last",
      run: "curated",
      label: "share of the best outcome",
      measure: "last",
      exact: (_config, n) => exactShares(0, n).map((p) => p[K - 1]),
      what: "best of 2 among six outcomes: share of the best outcome",
    },
    {
      id: "position",
      run: "curated",
      label: "mean place of the outcomes",
      measure: "position",
      exact: (_config, n) => exactShares(0, n).map(meanPosition),
      what: "best of 2 among six outcomes: mean place, 0 worst to 1 best",
    },
  ],
  figure: { y: "share, or place from 0 to 1", baseline: { value: 1 / K, name: "real data" } },
};

/** … also if the curators are adversaries. */
export const adversaries: Entry = {
  id: "adversaries",
  title: "Adversarial curators win where they are more than half",
  claim:
    "If a share φ of the choices is made by the opposite reward, the models improve for φ < ½, stay for φ = ½ and get worse for φ > ½",
  source: { paper: "Wei & Zhang, arXiv 2505.09768; symmetric case derived", how: "derived" },
  formulas: () => [bestOfTex],
  runs: ({ pick }) => runs(CASES.slice(1), pick(40, 100), 5),
  curves: CASES.slice(1).map(
    ({ name, label, adversaries: share }): Curve => ({
      id: name,
      run: name,
      label,
      measure: "position",
      exact: (_config, n) => exactShares(share, n).map(meanPosition),
      what: `${label}: mean place of the outcomes, 0 worst to 1 best`,
    }),
  ),
  figure: { y: "mean place of the outcomes, 0 to 1", baseline: { value: 0.5, name: "real data" } },
};
