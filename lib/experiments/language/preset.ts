import { z } from "zod";
import { regimeNames } from "../../pool/parseRegime";
import { type LanguageConfig, languageConfig } from "./config";

const chains = z.strictObject({
  regimes: z.array(z.looseObject({ kind: z.enum(regimeNames as [string, ...string[]]) })).min(1),
  /** N, model-fitting iterations, labelled 1 … N as in Figure 2. */
  iterations: z.int().min(1),
  /** Seeds 0 … seeds−1. */
  seeds: z.int().min(1),
});

/**
 * What a variant is shown for: Figures 2 and 3, 13, Table 2, 14; a calibration trains one model on
 * real stories, to set its loss beside the published one after as many steps.
 */
export const ROLES = [
  "model",
  "temperature",
  "small-data",
  "first-iteration",
  "calibration",
] as const;

const variant = z.strictObject({
  /** Of the records: "temperature-0.3". */
  name: z.string().regex(/^[\w.-]+$/),
  /** In legends: "temperature 0.3". */
  label: z.string().min(1),
  role: z.enum(ROLES),
  /** Series of {@link PUBLISHED} that it is set beside. */
  published: z.string().nullable(),
  /** What differs from the preset's task; whole groups (training, model) need not be given. */
  changes: z.record(z.string(), z.unknown()),
  chains: z.array(chains).min(1),
});
export type Variant = z.infer<typeof variant>;

export const LanguagePreset = z
  .strictObject({
    task: languageConfig,
    /** The first is the main one, which the others are compared with. */
    variants: z.array(variant).min(1),
    /** Sampled stories of each generation that the text metrics look at. */
    textStories: z.int().min(2),
  })
  .superRefine(({ task, variants }, context) => {
    const names = variants.map(({ name }) => name);
    variants.forEach(({ changes, name }, i) => {
      const { error } = languageConfig.safeParse(changed(task, changes));
      const message =
        names.indexOf(name) < i
          ? `there are two variants "${name}"`
          : error && `${error.issues[0].path.join(".")}: ${error.issues[0].message}`;
      if (message) context.addIssue({ code: "custom", message, path: ["variants", i] });
    });
  });
export type LanguagePreset = z.infer<typeof LanguagePreset>;

/** The preset's task with a variant's changes. */
export function configOf(
  { task }: Pick<LanguagePreset, "task">,
  { changes }: Variant,
): LanguageConfig {
  return languageConfig.parse(changed(task, changes));
}

function changed(task: LanguageConfig, changes: Variant["changes"]): unknown {
  const merged: Record<string, unknown> = { ...task };
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    const group = typeof value === "object" && value !== null && typeof before === "object";
    merged[key] = group ? { ...before, ...value } : value;
  }
  return merged;
}
