import type { Precision } from "../../engine/bfloat16";
import type { GradientFunction } from "../../engine/parallel/gradientFunction";
import type { LanguageModelConfig } from "../../models/language/config";
import { languageModel, ROWS } from "../../models/language/index";
import { type Packed, pack } from "../../models/language/packed";

/** Some stories of a batch. */
export interface MicroBatch extends Packed {
  /** Targets of the whole batch. */
  readonly tokensInBatch: number;
  /** Rows that pass through the network together; fewer where several threads do so at once. */
  readonly rows: number;
}

export interface GradientsConfig {
  readonly shape: LanguageModelConfig;
  readonly precision: Precision;
}

/** The loss is in nats per token of the batch. */
export const languageGradients: GradientFunction<GradientsConfig, MicroBatch> = {
  module: __filename,
  name: "languageGradients",
  prepare({ shape, precision }) {
    const model = languageModel(shape, precision);
    return (values, { tokensInBatch: denominator, rows, ...batch }) => {
      const { loss, gradients } = model.gradients(values, batch, { denominator, rows });
      return { losses: [loss], gradients };
    };
  },
};

/** Divides a batch of stories into `count` micro-batches of nearly as many tokens each. */
export function microBatches(
  stories: readonly Uint16Array[],
  count: number,
  shape: LanguageModelConfig,
): MicroBatch[] {
  const packed = divide(stories, count).map((group) => pack(group, shape));
  const tokensInBatch = packed.reduce((sum, { targets }) => sum + targets.length, 0);
  const rows = Math.ceil(ROWS / packed.length);
  return packed.map((batch) => ({ ...batch, tokensInBatch, rows }));
}

/** The longest stories first, each to the group that has the fewest tokens so far. */
function divide(stories: readonly Uint16Array[], count: number): (readonly Uint16Array[])[] {
  if (count === 1) return [stories];
  const groups: Uint16Array[][] = Array.from({ length: Math.min(count, stories.length) }, () => []);
  const tokens = groups.map(() => 0);
  for (const story of [...stories].sort((a, b) => b.length - a.length)) {
    const lightest = tokens.indexOf(Math.min(...tokens));
    groups[lightest].push(story);
    tokens[lightest] += story.length;
  }
  return groups;
}
