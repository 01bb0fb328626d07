import { z } from "zod";
import { percent } from "../checkRegime";

const name = z.string().min(1);
const positive = z.number().positive();
const share = z.number().gt(0).max(1);

/**
 * What happens to a model's samples before they become a block. Plain JSON; scores and edits are
 * functions of the task, named here (`task.scores`, `task.edits`). So many samples are drawn that the
 * block has as many items as the plan says.
 */
export const curationSpec = z.discriminatedUnion("kind", [
  /**
   * Keeps one of every K samples, x with probability e^{r(x)} / Σ e^{r(xⱼ)} (Bradley–Terry; Ferbach
   * et al., arXiv 2407.09499).
   */
  z.strictObject({
    kind: z.literal("best-of"),
    /** K. */
    candidates: z.int().min(2),
    /** Score whose value, times `factor`, is the reward r. */
    reward: name,
    factor: z.number().default(1),
    /** A share of the choices that is made by another reward (Wei & Zhang, arXiv 2505.09768). */
    other: z.strictObject({ share, reward: name, factor: z.number().default(1) }).optional(),
  }),
  /** Keeps the share of the samples that has the highest scores. */
  z.strictObject({ kind: z.literal("keep-top"), share, score: name }),
  /** Keeps samples with |score − centre| ≤ radius (Yi et al., arXiv 2510.16657). */
  z.strictObject({ kind: z.literal("window"), score: name, centre: z.number(), radius: positive }),
  /**
   * Draws with weights (1 − q)^power, q the detector's score in [0, 1], without replacement from every
   * sample repeated `repeats` times; the block has `factor` times as many items as samples (Drayson et
   * al., arXiv 2502.15654: power 10, factor 1.5, repeats 3).
   */
  z
    .strictObject({
      kind: z.literal("resample"),
      detector: name,
      power: z.number().nonnegative(),
      factor: positive.default(1),
      repeats: z.int().min(1).default(1),
    })
    .refine(({ factor, repeats }) => factor <= repeats, {
      error: "no more items can be drawn than there are copies: factor must be at most repeats",
      path: ["factor"],
    }),
  /** Edits each sample with probability `share` (Zhu et al., arXiv 2412.14689). */
  z.strictObject({ kind: z.literal("edit"), edit: name, share }),
]);

export type Curation = z.infer<typeof curationSpec>;
/** As it may be written: defaults left out. */
export type CurationInput = z.input<typeof curationSpec>;

/** Names of the task's scores and edits that a curation uses. */
export function functionsOf(curation: Curation): { scores: string[]; edits: string[] } {
  switch (curation.kind) {
    case "best-of":
      return {
        scores: [curation.reward, ...(curation.other ? [curation.other.reward] : [])],
        edits: [],
      };
    case "resample":
      return { scores: [curation.detector], edits: [] };
    case "edit":
      return { scores: [], edits: [curation.edit] };
    default:
      return { scores: [curation.score], edits: [] };
  }
}

/** In a regime's name: "best-of-4-reward", "keep-top-50%-length". */
export function curationName(curation: Curation): string {
  switch (curation.kind) {
    case "best-of": {
      const { candidates, reward, factor, other } = curation;
      const mixed = other ? [percent(other.share), signed(other.factor), other.reward] : [];
      return ["best-of", candidates, signed(factor), reward, ...mixed].filter(Boolean).join("-");
    }
    case "keep-top":
      return `keep-top-${percent(curation.share)}-${curation.score}`;
    case "window":
      return `window-${curation.score}-${curation.centre}±${curation.radius}`;
    case "resample": {
      const { detector, power, factor, repeats } = curation;
      return `resample-${detector}-${power}-${factor}x${repeats}`;
    }
    case "edit":
      return `edit-${percent(curation.share)}-${curation.edit}`;
  }
}

const signed = (factor: number): string => (factor === 1 ? "" : String(factor));
