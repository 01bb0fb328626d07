import type { Service } from "../../engine/team/service";
import type { Choice } from "../../models/language/choice";
import type { LanguageModelConfig } from "../../models/language/config";
import { generate } from "../../models/language/generate";
import { languageModel } from "../../models/language/index";
import { Stream } from "../../random/stream";
import type { Range } from "../inRanges";

export interface Telling {
  readonly model: LanguageModelConfig;
  readonly choice: Choice;
  /** How often each token begins a story; without it the model draws the first token too. */
  readonly firsts?: ArrayLike<number> | undefined;
  /** Of the stream whose child i belongs to story i. */
  readonly path: readonly (string | number)[];
  /** Most bytes of keys and values; where they do not suffice, part of the stories waits. */
  readonly cacheBytes?: number | undefined;
}

/** Stories drawn side by side from a language model; tells how many of them have ended. */
export const storyteller: Service<Telling, Range, Uint16Array[]> = {
  module: __filename,
  name: "storyteller",
  open({ model: shape, choice, firsts, path, cacheBytes }) {
    const model = languageModel(shape);
    const sampling = new Stream(path);
    const first = firsts && drawnLike(firsts);
    return (values, { from, count }, tell) =>
      generate(
        model,
        values,
        Array.from({ length: count }, (_, i) => sampling.at(from + i)),
        { ...choice, first, after: tell, ...(cacheBytes && { cacheBytes }) },
      );
  },
};

/** An index as likely as its count says. */
function drawnLike(counts: ArrayLike<number>): (stream: Stream) => number {
  let total = 0;
  const sums = Float64Array.from(counts, (n) => (total += n));
  return (stream) => {
    const mass = stream.uniform() * total;
    return sums.findIndex((sum) => sum > mass);
  };
}
