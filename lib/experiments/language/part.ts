import type { Recipe } from "../../engine/team/recipe";
import type { LanguageModelConfig } from "../../models/language/config";
import { languageModel, ROWS } from "../../models/language/index";
import { type Packed, pack } from "../../models/language/packed";

/** Some stories of a batch, for one thread. */
export interface Part extends Packed {
  /** Targets of the whole batch. */
  readonly tokens: number;
  /** Rows at once, fewer where several threads hold as many. */
  readonly rows: number;
}

/** Gradients of a part; the one sum is its nats per token of the batch. */
export const languagePart: Recipe<LanguageModelConfig, Part> = {
  module: __filename,
  name: "languagePart",
  prepare(config) {
    const model = languageModel(config);
    return (values, part) => {
      const { loss, gradients } = model.gradients(values, part, part);
      return { sums: [loss], gradients };
    };
  },
};

/** A batch of stories in `shares` parts of nearly as many tokens each. */
export function partsOf(
  stories: readonly Uint16Array[],
  shares: number,
  shape: LanguageModelConfig,
): Part[] {
  const packed = divided(stories, shares).map((part) => pack(part, shape));
  const tokens = packed.reduce((sum, { targets }) => sum + targets.length, 0);
  const rows = Math.ceil(ROWS / packed.length);
  return packed.map((part) => ({ ...part, tokens, rows }));
}

/** The longest first, each to the part that has the fewest tokens so far. */
function divided(stories: readonly Uint16Array[], shares: number): (readonly Uint16Array[])[] {
  if (shares === 1) return [stories];
  const parts: Uint16Array[][] = Array.from({ length: Math.min(shares, stories.length) }, () => []);
  const tokens = parts.map(() => 0);
  for (const story of [...stories].sort((a, b) => b.length - a.length)) {
    const lightest = tokens.indexOf(Math.min(...tokens));
    parts[lightest].push(story);
    tokens[lightest] += story.length;
  }
  return parts;
}
