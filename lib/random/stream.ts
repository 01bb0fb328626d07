import { hash } from "node:crypto";
import { randomGamma } from "d3-random";
import * as prand from "pure-rand";
import { UserError } from "../errors";

/**
 * One named stream of random numbers.
 *
 * A stream is fixed by its path (seed, purpose, generation, …) alone: two streams with different
 * paths are independent, and the same path gives the same numbers on every run. Streams are
 * cheap: derive one per step with {@link at} and nothing but the step's number needs saving for a
 * bit-equal resume.
 */
export class Stream {
  readonly #generator: prand.RandomGenerator;

  /**
   * @param path What the stream is for, e.g. `["seed", 3, "generation", 2, "batch-order"]`.
   * @throws UserError if a part of the path is neither text nor a finite number
   */
  constructor(readonly path: readonly (string | number)[]) {
    requirePath(path);
    const words = digest(path);
    this.#generator = prand.xoroshiro128plus.fromState([
      words[0],
      words[1],
      words[2],
      words[3] | 1,
    ]);
  }

  /** The independent stream of step (epoch, item, chunk) `index`; does not advance this one. */
  at(...index: (string | number)[]): Stream {
    return new Stream([...this.path, ...index]);
  }

  /** Two 32-bit integers for TensorFlow's stateless random operations; does not advance. */
  key(): [number, number] {
    const words = digest([...this.path, "key"]);
    return [words[0], words[1]];
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    return this.#generator.unsafeNext();
  }

  /** Uniform on [0, 1) with 53 random bits; bound, so that d3-random can take it. */
  readonly uniform = uniformOf.bind(undefined, this);

  /**
   * Uniform integer in [0, n).
   * @throws RangeError unless n is a whole number from 1 to 2^53
   */
  integer(n: number): number {
    if (!(Number.isSafeInteger(n) && n >= 1))
      throw new RangeError(`cannot draw one of ${n} integers: n must be a whole number from 1 on`);
    return Math.floor(this.uniform() * n);
  }

  #spare: number | undefined;

  /** Standard normal (Marsaglia's polar method; draws come in pairs). */
  normal(): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return value;
    }
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    this.#spare = v * scale;
    return u * scale;
  }

  /** Fills `out` with standard normals and returns it. */
  normals<A extends Float64Array | Float32Array>(out: A): A {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
    return out;
  }

  /** Gamma(shape, scale 1). @throws RangeError unless `shape` is positive and finite */
  gamma(shape: number): number {
    if (!(shape > 0 && shape < Number.POSITIVE_INFINITY))
      throw new RangeError(`a gamma variable needs a positive finite shape, not ${shape}`);
    return randomGamma.source(this.uniform)(shape, 1)();
  }

  /** Chi-square with `degrees` degrees of freedom. @throws RangeError unless they are positive */
  chiSquare(degrees: number): number {
    return 2 * this.gamma(degrees / 2);
  }

  /**
   * A uniformly random order of 0 … n−1 (Fisher–Yates).
   * @throws RangeError unless n is a whole number from 0 on
   */
  permutation(n: number): Uint32Array {
    requireCount(n, "items to permute");
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /**
   * `count` distinct integers of [0, n), uniformly at random, ascending (Floyd's method).
   * @throws RangeError unless both are whole numbers from 0 on, `count` no larger than n
   */
  subset(n: number, count: number): Uint32Array {
    requireCount(n, "items to choose from");
    requireCount(count, "items to choose");
    if (count > n) throw new RangeError(`cannot draw ${count} distinct items out of ${n}`);
    if (count > n / 256) return this.#denseSubset(n, count);
    const chosen = new Set<number>();
    for (let j = n - count; j < n; j++) {
      const pick = this.integer(j + 1);
      chosen.add(chosen.has(pick) ? j : pick);
    }
    return Uint32Array.from(chosen).sort();
  }

  /** The same choice with one bit a candidate: faster, and a Set holds at most 2^24 numbers. */
  #denseSubset(n: number, count: number): Uint32Array {
    const chosen = new Uint8Array(Math.ceil(n / 8));
    for (let j = n - count; j < n; j++) {
      const pick = this.integer(j + 1);
      const taken = (chosen[pick >>> 3] >> (pick & 7)) & 1;
      const add = taken ? j : pick;
      chosen[add >>> 3] |= 1 << (add & 7);
    }
    const result = new Uint32Array(count);
    for (let i = 0, k = 0; k < count; i++) if ((chosen[i >>> 3] >> (i & 7)) & 1) result[k++] = i;
    return result;
  }
}

function uniformOf(stream: Stream): number {
  const high = stream.bits() >>> 5;
  const low = stream.bits() >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}

function requireCount(value: number, what: string): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new RangeError(`the number of ${what} must be a whole number from 0 on, not ${value}`);
}

// JSON writes NaN, infinities and null alike, so that they would name one stream.
function requirePath(path: readonly unknown[]): void {
  for (const part of path)
    if (!(typeof part === "string" || Number.isFinite(part)))
      throw new UserError(
        `A random stream is named by texts and finite numbers; ${JSON.stringify(path.map(String))} contains ${part}. A seed must be a number such as 0.`,
      );
}

/** The first four 32-bit words of a path's SHA-256. */
function digest(path: readonly (string | number)[]): number[] {
  // One character a byte: a string is made faster than a buffer.
  const bytes = hash("sha256", JSON.stringify(path), "binary");
  return [wordAt(bytes, 0), wordAt(bytes, 4), wordAt(bytes, 8), wordAt(bytes, 12)];
}

function wordAt(bytes: string, at: number): number {
  return (
    bytes.charCodeAt(at) |
    (bytes.charCodeAt(at + 1) << 8) |
    (bytes.charCodeAt(at + 2) << 16) |
    (bytes.charCodeAt(at + 3) << 24)
  );
}
