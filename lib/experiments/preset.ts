import { z } from "zod";
import { type Chain, chain } from "../loop/chain";
import type { Task } from "../loop/task";
import { regime, regimeNames } from "../pool/parseRegime";
import { type Changes, changesSpec, withChanges } from "./changes";

/** Name of every preset's first variant, which the others are compared with. */
export const MAIN = "main";

/** Regimes that are run alike: of one variant, for this many iterations and seeds. */
const chainsSpec = z.strictObject({
  regimes: z.array(z.looseObject({ kind: z.enum(regimeNames as [string, ...string[]]) })).min(1),
  /** N, model-fitting iterations. */
  iterations: z.int().min(1),
  /** Seeds 0 … seeds − 1. */
  seeds: z.int().min(1),
});
export type ChainsSpec = z.infer<typeof chainsSpec>;

/** A task's config with a few changes, and the chains that are run with it. */
export interface Variant<Role extends string = string> {
  /** In records: "main", "temperature-0.3". */
  readonly name: string;
  /** In legends: "temperature 0.3". */
  readonly label: string;
  /** What it is shown for, one of its family's roles. */
  readonly role: Role;
  /** Published series that it is compared with, where there are several. */
  readonly published?: string | undefined;
  /** What differs from the preset's task; sections are merged one level deep. */
  readonly changes: Changes;
  readonly chains: readonly ChainsSpec[];
}

/** What a family runs under the name quick, laptop or paper: the same shape in every family. */
export interface Preset<C, Role extends string = string> {
  /** Config of the main variant. */
  readonly task: C;
  /** The first is named "main" and changes nothing. */
  readonly variants: readonly Variant<Role>[];
}

/** The schema of one variant of a family with these roles. */
export function variantSpec<const Role extends string>(roles: readonly [Role, ...Role[]]) {
  return z.strictObject({
    name: z.string().regex(/^[\w.-]+$/),
    label: z.string().min(1),
    role: z.enum(roles),
    published: z.string().optional(),
    changes: changesSpec,
    chains: z.array(chainsSpec).min(1),
  });
}

/**
 * The schema of a family's presets. Every variant's config is validated by the task's own schema.
 * @example const ImagesPreset = presetSpec(imagesConfig, ["main"]);
 */
export function presetSpec<C extends object, const Role extends string>(
  config: z.ZodType<C>,
  roles: readonly [Role, ...Role[]],
): z.ZodType<Preset<C, Role>> {
  return z
    .strictObject({ task: config, variants: z.array(variantSpec(roles)).min(1) })
    .superRefine(validVariants(config)) as unknown as z.ZodType<Preset<C, Role>>;
}

/** Refines a preset's schema: names are unique, the first is "main", every config is valid. */
export function validVariants(config: z.ZodType) {
  return (
    { task, variants }: { task: object; variants: readonly NamedChanges[] },
    context: z.RefinementCtx,
  ): void => {
    variants.forEach((_, i) => {
      const message = variantFault(config, task, variants, i);
      if (message) context.addIssue({ code: "custom", message, path: ["variants", i] });
    });
  };
}

type NamedChanges = Pick<Variant, "name" | "changes">;

/** What is wrong with a variant's name or changes, in words; undefined if nothing is. */
function variantFault(
  config: z.ZodType,
  task: object,
  variants: readonly NamedChanges[],
  index: number,
): string | undefined {
  const { name, changes } = variants[index];
  if (index === 0 && name !== MAIN)
    return `the first variant must be named "${MAIN}", not "${name}"`;
  if (variants.findIndex((other) => other.name === name) < index)
    return `there are two variants "${name}"`;
  const { error } = config.safeParse(withChanges(task, changes));
  return error && `${error.issues[0].path.join(".")}: ${error.issues[0].message}`;
}

/** The preset's task with a variant's changes, validated. */
export function configOf<C extends object>(
  config: z.ZodType<C>,
  { task }: Pick<Preset<C>, "task">,
  { changes }: Pick<Variant, "changes">,
): C {
  return config.parse(withChanges(task, changes));
}

/** A chain of a preset and the variant that it belongs to. */
export interface PresetChain<V = Variant> {
  readonly variant: V;
  readonly chain: Chain;
}

/** All chains of a preset: variant by variant, regime by regime, seed by seed. */
export function chainsOf<C extends object, Role extends string>(
  task: Task<C>,
  preset: Preset<C, Role>,
): PresetChain<Variant<Role>>[] {
  return preset.variants.flatMap((variant) => {
    const config = configOf(task.config, preset, variant);
    // Other variants' chains call one of a single regime by the variant's name.
    const single = variant.chains.length === 1 && variant.chains[0].regimes.length === 1;
    const named = single ? { name: variant.name } : {};
    return variant.chains.flatMap(({ regimes, iterations, seeds }) =>
      regimes.flatMap((spec) =>
        Array.from({ length: seeds }, (_, seed) => ({
          variant,
          chain: chain({ task, config, regime: regime(spec), seed, iterations, ...named }),
        })),
      ),
    );
  });
}

/** Seeds 0 … n − 1 of the variant that is run with the most of them, for captions. */
export function seedsOf({
  variants,
}: {
  readonly variants: readonly Pick<Variant, "chains">[];
}): number[] {
  const most = Math.max(...variants.flatMap(({ chains }) => chains.map((c) => c.seeds)));
  return Array.from({ length: most }, (_, seed) => seed);
}
