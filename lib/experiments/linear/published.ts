/** Figures whose numerical means are published. */
export const FIGURES = ["figure-07", "figure-16"] as const;
export type PublishedFigure = (typeof FIGURES)[number];

/**
 * Numerical means as published, read from the vector drawings of arXiv 2404.01413 v2 (3–4 digits).
 * The paper gives no number of repeats; its bands at n = 1 imply about 40.
 */
export interface PublishedPoint {
  readonly figure: PublishedFigure;
  readonly regime: string;
  readonly T: number;
  readonly sigma2: number;
  readonly iteration: number;
  readonly value: number;
}

/** Repeats that the published 95 % bands imply. */
export const PUBLISHED_REPEATS = 40;

/** Rows: regime, T, σ², then one value per iteration listed. */
type Curve = readonly [regime: string, T: number, sigma2: number, values: readonly number[]];

const FIGURE_7_ITERATIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const FIGURE_7: readonly Curve[] = [
  ["replace", 100, 1, [0.486, 1.014, 1.509, 1.98, 2.587, 3.095, 3.692, 4.17, 4.85, 4.978]],
  ["replace", 316, 1, [0.112, 0.197, 0.302, 0.402, 0.511, 0.62, 0.741, 0.878, 0.996, 1.132]],
  ["replace", 1000, 1, [0.033, 0.066, 0.107, 0.134, 0.171, 0.205, 0.243, 0.271, 0.292, 0.322]],
  ["accumulate", 100, 1, [0.508, 0.623, 0.698, 0.731, 0.754, 0.738, 0.766, 0.767, 0.769, 0.775]],
  ["accumulate", 316, 1, [0.11, 0.142, 0.155, 0.163, 0.166, 0.169, 0.172, 0.172, 0.174, 0.179]],
  ["accumulate", 1000, 1, [0.032, 0.042, 0.046, 0.047, 0.05, 0.05, 0.05, 0.051, 0.05, 0.052]],
];

const FIGURE_7_ENDS: readonly Curve[] = [
  ["replace", 100, 100, [48.9, 498.4]],
  ["replace", 316, 100, [11.3, 111.4]],
  ["replace", 1000, 100, [3.29, 33.5]],
  ["accumulate", 100, 100, [52.0, 77.9]],
  ["accumulate", 316, 100, [11.3, 17.1]],
  ["accumulate", 1000, 100, [3.45, 5.02]],
];

const FIGURE_16_ITERATIONS = [1, 2, 5, 10, 20, 50, 100, 200];
const FIGURE_16: readonly Curve[] = [
  ["replace", 100, 1, [0.0927, 0.2, 0.606, 1.128, 2.633, 5.94, 10.8, 21.8]],
  ["replace", 316, 1, [0.0373, 0.0664, 0.177, 0.335, 0.676, 1.69, 3.3, 5.89]],
  ["replace", 1000, 1, [0.00977, 0.0192, 0.0449, 0.0827, 0.186, 0.465, 0.941, 1.95]],
  ["replace-multiple", 100, 1, [0.1056, 0.167, 0.257, 0.331, 0.38, 0.479, 0.568, 0.601]],
  ["replace-multiple", 316, 1, [0.0283, 0.0471, 0.0798, 0.1025, 0.13, 0.166, 0.205, 0.233]],
  ["replace-multiple", 1000, 1, [0.00989, 0.0159, 0.0269, 0.0316, 0.0395, 0.0504, 0.0581, 0.0652]],
  ["accumulate", 100, 1, [0.1146, 0.132, 0.165, 0.185, 0.191, 0.202, 0.205, 0.205]],
  ["accumulate", 316, 1, [0.0286, 0.0384, 0.0467, 0.0485, 0.0509, 0.0515, 0.052, 0.0518]],
  ["accumulate", 1000, 1, [0.00994, 0.0121, 0.0141, 0.015, 0.0159, 0.016, 0.0161, 0.0161]],
];

function points(
  figure: PublishedFigure,
  iterations: readonly number[],
  curves: readonly Curve[],
): PublishedPoint[] {
  return curves.flatMap(([regime, T, sigma2, values]) =>
    values.map((value, i) => ({ figure, regime, T, sigma2, iteration: iterations[i], value })),
  );
}

const PUBLISHED: readonly PublishedPoint[] = [
  ...points("figure-07", FIGURE_7_ITERATIONS, FIGURE_7),
  ...points("figure-07", [1, 10], FIGURE_7_ENDS),
  ...points("figure-16", FIGURE_16_ITERATIONS, FIGURE_16),
];

type Where = Partial<Omit<PublishedPoint, "value">>;

/** The published means whose coordinates have the given values. */
export function publishedPoints(where: Where): PublishedPoint[] {
  const coordinates = Object.entries(where) as [keyof Where, unknown][];
  return PUBLISHED.filter((point) => coordinates.every(([key, value]) => point[key] === value));
}

/** One published mean; undefined where the paper gives none. */
export function publishedError(where: Required<Where>): number | undefined {
  return publishedPoints(where)[0]?.value;
}
