import { END_OF_TEXT } from "../../models/language/packed";
import type { Weights } from "../../store/weights";

/**
 * Beside the model's parameters: how often each token began a training story, float32 [V]. The
 * sampler's "first-token" start draws from it.
 */
export const FIRST_TOKENS = "first_tokens";

/** Counts how often each token begins a story of the training set. */
export class FirstTokens {
  readonly #counts: Float32Array;

  /** @param resume what {@link state} returned */
  constructor(vocabulary: number, resume?: Weights) {
    const saved = resume?.[FIRST_TOKENS]?.data;
    this.#counts = saved ? Float32Array.from(saved) : new Float32Array(vocabulary);
  }

  count(stories: readonly Uint16Array[]): void {
    // A story that ended at once says nothing about how stories begin.
    for (const [first] of stories) if (first !== END_OF_TEXT) this.#counts[first]++;
  }

  state(): Weights {
    return { [FIRST_TOKENS]: { shape: [this.#counts.length], data: this.#counts.slice() } };
  }
}
