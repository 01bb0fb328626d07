import { Stream } from "./stream";

/**
 * The named streams of one place in the computation: `streams.get("init")`,
 * `streams.get("batch-order")`, `streams.get("sampling")`. Nothing in this project draws from an
 * ambient generator, and seed 0 is a seed like any other.
 */
export class Streams {
  constructor(readonly path: readonly (string | number)[]) {}

  /** The streams of one chain. */
  static ofSeed(seed: number): Streams {
    return new Streams(["seed", seed]);
  }

  /** The streams of model-fitting iteration `n` (1 = real data) of this chain. */
  generation(n: number): Streams {
    return new Streams([...this.path, "generation", n]);
  }

  get(purpose: string): Stream {
    return new Stream([...this.path, purpose]);
  }
}
