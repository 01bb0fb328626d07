import { curves } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { endsOf, ITERATION } from "./loss";
import type { Words } from "./words";

const REAL = "real images";

/**
 * Prior samples as a whole beside real images, and the codes of real images beside the prior. Only of
 * records that have these evaluations.
 */
export function distributionFigure(
  rows: readonly Row[],
  provenance: Provenance,
  words: Words,
): Figure[] {
  if (!rows.some((row) => row.sampleFrechet !== undefined)) return [];
  return [
    curves({
      name: `${words.name}-distribution`,
      title: `${words.title}: prior samples beside real images`,
      alt: `Squared Fréchet distance of prior samples from test images between features of a fixed random network (dots: of as many training images; not comparable with FID, whose features are Inception's), directions of variation of prior samples (dots: of test images), and divergence of the aggregated posterior from the prior, against iteration, for every regime. ${endsOf(rows, "sampleFrechet")}`,
      provenance,
      rows,
      metrics: [
        {
          column: "sampleFrechet",
          title: "Fréchet distance",
          log: true,
          reference: { column: "realFrechet", name: REAL },
        },
        {
          column: "sampleEffectiveRank",
          title: "Effective rank",
          log: true,
          reference: { column: "realEffectiveRank", name: REAL },
        },
        { column: "priorGap", title: "Posterior from prior (nats)", log: true },
      ],
      x: ITERATION,
    }),
  ];
}
