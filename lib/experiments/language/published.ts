import type { PublishedAt } from "../../claims/compare";

type Finals = Readonly<Record<string, Readonly<Record<number, number>>>>;

const inOrder = (...losses: readonly number[]): Record<number, number> =>
  Object.fromEntries(losses.map((loss, i) => [i + 1, loss]));

/**
 * Published test cross-entropies (nats per token) of finished models on TinyStories, by series, regime
 * and model-fitting iteration: read from the vector graphics of Figures 2, 13 and 14, and from Table 2
 * (two decimals) where no figure has them.
 */
export const PUBLISHED: Readonly<Record<string, Finals>> = {
  "gpt2-9m": {
    replace: { ...inOrder(1.8161, 2.1112, 2.27, 2.3943, 2.495), 10: 2.91 },
    accumulate: inOrder(1.8161, 1.763, 1.7491, 1.7428, 1.7426),
    "replace-multiple": { 1: 1.8161, 4: 2.18 },
  },
  "llama2-12m": {
    replace: inOrder(2.057, 2.3467, 2.5419, 2.7166, 2.8727),
    accumulate: inOrder(2.057, 1.9771, 1.9506, 1.9388, 1.9327),
  },
  "llama2-42m": {
    replace: inOrder(1.9007, 2.1596, 2.3475, 2.5222, 2.6477),
    accumulate: inOrder(1.9007, 1.8106, 1.7768, 1.7601, 1.7492),
  },
  "llama2-126m": {
    replace: inOrder(1.7066, 1.927, 2.1032, 2.2342, 2.369),
    accumulate: inOrder(1.7066, 1.6303, 1.6022, 1.5852, 1.5744),
  },
  "temperature-0.3": {
    replace: { ...inOrder(1.816, 3.829, 5.456, 5.816, 6.92), 10: 9.85 },
    accumulate: inOrder(1.816, 1.774, 1.757, 1.753, 1.755),
  },
  "small-data": {
    replace: { 1: 2.56, 4: 3.21, 10: 3.72 },
    accumulate: { 1: 2.56, 4: 2.28 },
    "replace-multiple": { 1: 2.56, 4: 2.91 },
  },
  "small-data-3-epochs": {
    replace: { 1: 1.99, 4: 2.62 },
    accumulate: { 1: 1.99, 4: 1.87 },
  },
  "first-0.25": {
    replace: inOrder(4.469, 4.639, 4.732),
    accumulate: inOrder(4.469, 3.08, 2.933),
  },
  "first-0.5": {
    replace: inOrder(3.84, 4.094, 4.222),
    accumulate: inOrder(3.84, 3.084, 2.947),
  },
  "first-1": {
    replace: inOrder(3.271, 3.741, 3.997),
    accumulate: inOrder(3.271, 3.04, 2.926),
  },
};

/** The iteration at which Table 2 compares the regimes. */
export const TABLE_2 = 4;

/** Published loss of a series; undefined where the paper gives none. */
export function publishedLoss(
  series: string | undefined,
  regime: string,
  iteration: number,
): number | undefined {
  return series === undefined ? undefined : PUBLISHED[series]?.[regime]?.[iteration];
}

/** The published losses of a variant's series, for claims. */
export function publishedAt({
  published,
}: {
  readonly published?: string | undefined;
}): PublishedAt {
  return ({ regime, iteration }) => publishedLoss(published, regime, iteration);
}

/**
 * Test loss of GPT-2 9M after its first steps of 32 real stories, from the sequel's rerun of the same
 * training (Kazdan et al., "Collapse or Thrive?").
 */
export const FIRST_STEPS: Readonly<Record<number, number>> = {
  662: 4.204,
  1324: 3.707,
  1987: 3.439,
  3312: 3.091,
  6624: 2.66,
};

/** Epochs of the values in {@link FIGURE_9}. */
export const FIGURE_9_EPOCHS = [0.04, 0.08, 0.12, 0.2, 0.32, 0.4, 0.6, 0.8, 1] as const;

/** Figures 3 and 9 to 12: learning curves by model, regime and iteration 1 … 5. */
export const FIGURE_9: Readonly<
  Record<string, Readonly<Record<string, readonly (readonly number[])[]>>>
> = {
  "gpt2-9m": {
    replace: [
      [3.246, 2.796, 2.554, 2.278, 2.08, 2.004, 1.893, 1.838, 1.816],
      [3.294, 2.896, 2.678, 2.452, 2.298, 2.245, 2.165, 2.129, 2.111],
      [3.373, 2.988, 2.779, 2.557, 2.416, 2.374, 2.314, 2.283, 2.27],
      [3.43, 3.054, 2.861, 2.656, 2.525, 2.49, 2.434, 2.404, 2.394],
      [3.472, 3.102, 2.917, 2.729, 2.612, 2.577, 2.532, 2.506, 2.495],
    ],
    accumulate: [
      [3.246, 2.796, 2.554, 2.278, 2.08, 2.004, 1.893, 1.838, 1.816],
      [2.787, 2.395, 2.209, 2.038, 1.925, 1.879, 1.816, 1.779, 1.763],
      [2.543, 2.208, 2.074, 1.951, 1.872, 1.841, 1.792, 1.763, 1.749],
      [2.394, 2.112, 2.002, 1.91, 1.845, 1.821, 1.78, 1.756, 1.743],
      [2.293, 2.053, 1.964, 1.886, 1.832, 1.81, 1.776, 1.754, 1.743],
    ],
  },
  "llama2-12m": {
    replace: [
      [3.713, 3.188, 2.903, 2.588, 2.356, 2.27, 2.147, 2.084, 2.057],
      [3.815, 3.325, 3.051, 2.773, 2.57, 2.5, 2.405, 2.364, 2.347],
      [3.912, 3.42, 3.176, 2.917, 2.733, 2.671, 2.594, 2.559, 2.542],
      [4.057, 3.579, 3.339, 3.082, 2.906, 2.842, 2.767, 2.73, 2.717],
      [4.163, 3.694, 3.448, 3.193, 3.031, 2.985, 2.92, 2.886, 2.873],
    ],
    accumulate: [
      [3.713, 3.188, 2.903, 2.588, 2.356, 2.27, 2.147, 2.084, 2.057],
      [3.18, 2.72, 2.5, 2.295, 2.165, 2.117, 2.041, 1.998, 1.977],
      [2.9, 2.5, 2.336, 2.194, 2.102, 2.065, 2.004, 1.969, 1.951],
      [2.722, 2.377, 2.252, 2.143, 2.069, 2.037, 1.987, 1.955, 1.939],
      [2.601, 2.304, 2.2, 2.11, 2.048, 2.02, 1.976, 1.947, 1.933],
    ],
  },
  "llama2-42m": {
    replace: [
      [3.554, 3.03, 2.751, 2.433, 2.202, 2.117, 1.992, 1.93, 1.901],
      [3.642, 3.136, 2.872, 2.584, 2.39, 2.318, 2.222, 2.181, 2.16],
      [3.757, 3.257, 3.0, 2.719, 2.544, 2.488, 2.404, 2.366, 2.348],
      [3.873, 3.405, 3.154, 2.891, 2.722, 2.657, 2.572, 2.538, 2.522],
      [3.962, 3.488, 3.243, 2.983, 2.823, 2.766, 2.701, 2.666, 2.648],
    ],
    accumulate: [
      [3.554, 3.03, 2.751, 2.433, 2.202, 2.117, 1.992, 1.93, 1.901],
      [3.014, 2.563, 2.341, 2.138, 2.007, 1.958, 1.878, 1.832, 1.811],
      [2.743, 2.34, 2.175, 2.033, 1.936, 1.898, 1.834, 1.796, 1.777],
      [2.563, 2.22, 2.091, 1.978, 1.899, 1.867, 1.812, 1.777, 1.76],
      [2.433, 2.14, 2.034, 1.94, 1.874, 1.846, 1.796, 1.766, 1.749],
    ],
  },
  "llama2-126m": {
    replace: [
      [3.176, 2.683, 2.429, 2.162, 1.978, 1.907, 1.798, 1.736, 1.707],
      [3.252, 2.779, 2.543, 2.29, 2.137, 2.078, 1.997, 1.948, 1.927],
      [3.353, 2.894, 2.661, 2.434, 2.295, 2.239, 2.163, 2.127, 2.103],
      [3.465, 3.016, 2.786, 2.56, 2.422, 2.371, 2.293, 2.253, 2.234],
      [3.541, 3.108, 2.879, 2.672, 2.537, 2.486, 2.423, 2.387, 2.369],
    ],
    accumulate: [
      [3.176, 2.683, 2.429, 2.162, 1.978, 1.907, 1.798, 1.736, 1.707],
      [2.671, 2.271, 2.098, 1.936, 1.821, 1.776, 1.7, 1.654, 1.63],
      [2.428, 2.105, 1.974, 1.849, 1.761, 1.724, 1.663, 1.623, 1.602],
      [2.277, 2.007, 1.899, 1.796, 1.723, 1.691, 1.639, 1.604, 1.585],
      [2.171, 1.941, 1.85, 1.762, 1.697, 1.67, 1.624, 1.592, 1.574],
    ],
  },
};
