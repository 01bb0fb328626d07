/**
 * Figure 4 of the paper: GeoDiff's test loss on GEOM-Drugs at iterations 0 … 8, read from the figure's
 * vector graphics.
 */
export const FIGURE_4: Readonly<Record<string, readonly number[]>> = {
  replace: [52.17, 339.15, 355.25, 371.45, 370.13, 381.09, 370.97, 332.84, 314.89],
  accumulate: [52.17, 75.91, 82.68, 85.37, 87.82, 87.8, 87.35, 87.12, 90.07],
};

/** Published loss at an iteration; undefined if the paper gives none. */
export function publishedLoss(regime: string, iteration: number): number | undefined {
  return FIGURE_4[regime]?.[iteration];
}
