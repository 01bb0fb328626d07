import { z } from "zod";
import { withReadableErrors } from "../../loop/config";
import { WORLDS } from "./worldNames";
import { worldOf } from "./worlds/index";

const share = z.number().min(0).max(1);

const schema = z.strictObject({
  data: z.strictObject({
    dataset: z.enum(WORLDS),
    /** T, real items. */
    trainItems: z.int().min(2),
    /** Independent copies of the world that go through the loop side by side, in every item. */
    replicates: z.int().min(2),
    /** Mean of a Gaussian. */
    mean: z.number().default(0),
    /** p of outcomes 0 … K − 1; normalised. */
    probabilities: z.array(z.number().nonnegative()).min(2).optional(),
    /** Share of real items, or of right labels, where samples are mixed with them. */
    realShare: share.optional(),
  }),
  model: z.strictObject({ family: z.string().default("closed-form") }).prefault({}),
  training: z
    .strictObject({
      /** "mle" and "unbiased" differ in a variance's divisor. */
      estimator: z.enum(["mle", "unbiased", "median", "batch", "marked", "pooled"]).default("mle"),
      /** Known, so that only the mean is estimated. */
      variance: z.number().positive().optional(),
      /** Items of the first round, where real data arrive in every round. */
      roundItems: z.int().min(1).optional(),
    })
    .prefault({}),
  sampling: z
    .strictObject({
      /** Factor τ on the variance of samples. */
      temperature: z.number().positive().default(1),
      /** ω: sample away from a model that was fitted to own samples. */
      extrapolation: z.number().nonnegative().default(0),
      /** Chance that a label is resampled, or put right. */
      editShare: share.default(1),
      /** Which labels are edited. */
      edits: z.enum(["latest", "real"]).default("latest"),
      /** What stays as it is in the real data. */
      frozen: z.enum(["none", "text"]).default("none"),
      /** A detector that is right with this chance, and says this of what it takes for a sample. */
      detector: z.strictObject({ accuracy: share, q: share }).optional(),
    })
    .prefault({}),
  evaluation: z.strictObject({}).default({}),
});

export type AtlasConfig = z.infer<typeof schema>;
export type AtlasInput = z.input<typeof schema>;

/** What the worlds themselves refuse is said in the same sentence. */
const checked = schema.superRefine((config, context) => {
  const message = worldOf(config).check?.(config)?.replace(/\.$/, "");
  if (message) context.addIssue({ code: "custom", message });
});
export const atlasConfig: z.ZodType<AtlasConfig> = withReadableErrors(
  checked,
  'The config of task "atlas"',
);
