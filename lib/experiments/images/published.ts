import type { Place } from "../../claims/measured";

/**
 * Figure 5 of the paper: VAE test loss on CelebA (mean squared error of a pixel) at iterations
 * 0 … 9, read from the figure's vector drawing.
 */
export const FIGURE_5: Readonly<Record<string, readonly number[]>> = {
  replace: [
    0.019525, 0.019949, 0.021196, 0.022709, 0.024644, 0.026251, 0.027659, 0.028765, 0.029858,
    0.030451,
  ],
  accumulate: [
    0.01953, 0.019275, 0.01938, 0.019505, 0.019665, 0.019741, 0.019839, 0.019944, 0.020037,
    0.020152,
  ],
};

/** Published error at an iteration; undefined beyond the figure and for other regimes. */
export function publishedError({ regime, iteration }: Omit<Place, "variant">): number | undefined {
  return FIGURE_5[regime]?.[iteration];
}
