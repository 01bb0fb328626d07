import { curves } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import { FIGURE_5 } from "../published";

const ITERATION = { column: "iteration", title: "Model-fitting iteration (0 = real data)" };

/** The test loss (negative ELBO) and its two parts against iteration, a panel a regime. */
export function lossFigure(rows: readonly Row[], provenance: Provenance): Figure {
  return curves({
    name: "image-vae-loss",
    title: "Image VAE: test loss against iteration",
    alt: "Test loss of the image VAE in nats per image, split into reconstruction and KL: it climbs round by round when synthetic images replace the old ones and stays near the first model's when they accumulate.",
    provenance,
    rows,
    metrics: [
      { column: "loss", title: "−ELBO (nats)" },
      { column: "reconstruction", title: "Reconstruction" },
      { column: "kl", title: "KL" },
    ],
    x: ITERATION,
  });
}

/** Figure 5: squared error of a pixel relative to iteration 0, with the published curves. */
export function figure5(rows: readonly Row[], provenance: Provenance): Figure {
  const last = Math.max(...rows.map((row) => Number(row.iteration)));
  return curves({
    name: "figure-05-image-vae",
    title: "Figure 5: VAE test error against iteration, relative to real data",
    alt: "Squared test error of the VAE's reconstructions relative to the model trained on real data, beside the published CelebA curves: rising under replace, flat under accumulate.",
    provenance,
    rows,
    metrics: [{ column: "mse", title: "Squared pixel error" }],
    x: ITERATION,
    relative: true,
    published: Object.entries(FIGURE_5).map(([regime, losses]) => ({
      panel: regime,
      series: regime,
      x: losses.slice(0, last + 1).map((_, iteration) => iteration),
      y: losses.slice(0, last + 1),
    })),
  });
}

/** What the loss does not show: how varied and how sharp images drawn from the prior are. */
export function varietyFigure(rows: readonly Row[], provenance: Provenance): Figure {
  return curves({
    name: "image-vae-variety",
    title: "Image VAE: variety of prior samples against iteration",
    alt: "Mean distance between two prior samples, their sharpness, and the number of active latent units against iteration, for every regime.",
    provenance,
    rows,
    metrics: [
      { column: "sampleDiversity", title: "Distance of two samples" },
      { column: "sampleSharpness", title: "Sharpness" },
      { column: "activeUnits", title: "Active latent units" },
    ],
    x: ITERATION,
  });
}
