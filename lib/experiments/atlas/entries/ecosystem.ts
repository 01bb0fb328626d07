import { ecosystemMoments, ecosystemTex } from "../../../theory/index";
import { atEach, type Curve, type Entry, type Run, variantName } from "./entry";

const T = 20;
const ALPHA = 0.5;
const BETA = 0.5;
/** Means of the models' own data; they add up to 0, which is the public mean. */
const MEANS = [-1, 1];
const nameOf = (k: number): string => `model-${k + 1}`;
const self = { id: "ecosystem" };

/** Several models on each other's outputs. */
export const ecosystem: Entry = {
  ...self,
  title: "Models on each other's outputs become alike",
  claim:
    "Models that share a part α of samples of all keep the differences (1 − α) β Δ of their own data from the second round on, and add a bounded noise",
  source: {
    paper: "Vu, Reeves & Wenger, arXiv 2505.21677 (setting); linear core derived",
    how: "derived",
  },
  formulas: () => [ecosystemTex],
  runs({ pick }) {
    const data = { trainItems: T, replicates: pick(1000, 4000) };
    const training = { variance: 1 };
    return [
      { name: "public", changes: { data, training }, regime: { kind: "replace" }, iterations: 1 },
      ...MEANS.map(
        (mean, k): Run => ({
          name: nameOf(k),
          changes: { data: { ...data, mean }, training },
          regime: {
            kind: "ecosystem",
            models: MEANS.map((_, j) => variantName(self, nameOf(j))),
            real: variantName(self, "public"),
            syntheticShare: ALPHA,
            privateShare: BETA,
          },
          iterations: 6,
        }),
      ),
    ];
  },
  curves: MEANS.flatMap((mean, k): Curve[] => {
    const at = (n: number) => ecosystemMoments({ K: MEANS.length, T, alpha: ALPHA, beta: BETA, n });
    return [
      {
        id: nameOf(k),
        run: nameOf(k),
        label: `own data of mean ${mean}`,
        measure: "mean",
        exact: (_config, iterations) => atEach(iterations, (n) => at(n).shift * mean),
        what: `two models, α = β = ½, own data of mean ${mean}: the model's mean`,
      },
      {
        id: `${nameOf(k)}-error`,
        run: nameOf(k),
        label: `squared error towards ${mean}`,
        measure: "squaredDrift",
        exact: (_config, iterations) =>
          atEach(iterations, (n) => at(n).variance + (mean * (1 - at(n).shift)) ** 2),
        what: `two models, α = β = ½: squared error of the model's mean about its own data's ${mean}`,
      },
    ];
  }),
  figure: { y: "mean, squared error", baseline: { value: 0, name: "public data" } },
};
