import { type Precision, toBfloat16 } from "../bfloat16";
import { reshape } from "../concat";
import { add } from "../elementwise";
import { gatherRows } from "../gather";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import { batchMatmul, batchMatmulNT } from "../matmul";
import type { Operation } from "../operation";
import { scaleCached } from "../rows";
import { FORBIDDEN, softmax } from "../softmax";
import { tidy } from "../tidy";

/** Positions by which the capacity grows: few copies, little computed in vain. */
const GROWTH = 32;

/**
 * Keys and values of B sequences that advance together, one token per step, so that a step computes
 * only its own token's row. Owns its tensors.
 */
export class AttentionCache {
  #sequences: number;
  #position = 0;
  #capacity = 0;
  /** Of each layer, both [B · heads, capacity, size]; rows beyond the position are 0. */
  readonly #layers: { keys: Tensor; values: Tensor }[];
  #step: Step | undefined;

  constructor(
    sequences: number,
    private readonly shape: {
      readonly layers: number;
      readonly heads: number;
      /** Numbers per head. */
      readonly size: number;
      /** Of keys, values and scores. Default: "float32". */
      readonly precision?: Precision;
    },
  ) {
    this.#sequences = sequences;
    const { tf } = engine();
    const empty = () =>
      tidy(() => tf.keep(this.#round(tf.zeros([sequences * shape.heads, 0, shape.size]))));
    this.#layers = Array.from({ length: shape.layers }, () => ({
      keys: empty(),
      values: empty(),
    }));
  }

  get sequences(): number {
    return this.#sequences;
  }

  /** Position of the next token in its sequence, from 0. */
  get position(): number {
    return this.#position;
  }

  /** Size after one more step, in bytes. */
  get nextBytes(): number {
    const { layers, heads, size } = this.shape;
    const capacity = this.#position === this.#capacity ? this.#capacity + GROWTH : this.#capacity;
    const bytes = this.shape.precision === "bfloat16" ? 2 : 4;
    return 2 * bytes * layers * this.#sequences * heads * size * capacity;
  }

  /** Begins a step: makes space for one more token in every layer. */
  begin(): void {
    const { tf } = engine();
    if (this.#position === this.#capacity) {
      this.#capacity += GROWTH;
      this.#replace((x) => padRows(x, GROWTH));
    }
    this.#releaseStep();
    const position = this.#position;
    const mask = new Float32Array(this.#capacity).fill(FORBIDDEN, position + 1);
    const n = this.#sequences * this.shape.heads;
    const rows = new Int32Array(n);
    for (let i = 0; i < n; i++) rows[i] = i * this.#capacity + position;
    this.#step = {
      mask: tidy(() => tf.keep(this.#round(tf.tensor1d(mask)))),
      rows: tf.keep(tf.tensor1d(rows, "int32")),
    };
  }

  /** Ends the step, after every layer has taken part in it. */
  end(): void {
    this.#position++;
  }

  /**
   * Attention of one layer within a step, inputs (Q, K, V) of the tokens of this step, each
   * [B, heads · size]: every token attends to itself and those before it in its sequence.
   */
  attention(layer: number): Operation {
    return {
      forward: (q, k, v) => ({ output: tidy(() => this.#attend(layer, q, k, v)), kept: [] }),
      backward() {
        throw new Error("An attention cache is for inference only: it has no gradient.");
      },
    };
  }

  #attend(layer: number, q: Tensor, k: Tensor, v: Tensor): Tensor {
    const { keys, values } = this.#layers[layer];
    const { mask, rows } = this.#step!;
    const { heads, size } = this.shape;
    const n = this.#sequences * heads;
    const flat = [n * this.#capacity, size];
    // TensorFlow's result shares the memory of the first argument, and so does a reshaped tensor:
    // the rows are written in place.
    const round = (x: Tensor) => this.#round(x);
    run("InplaceUpdate", FLOAT, reshape(keys, flat), rows, reshape(round(k), [n, size]));
    run("InplaceUpdate", FLOAT, reshape(values, flat), rows, reshape(round(v), [n, size]));
    const queries = round(scaleCached(reshape(q, [n, 1, size]), 1 / Math.sqrt(size)));
    const scores = add(batchMatmulNT(queries, keys), mask);
    return reshape(batchMatmul(softmax(scores), values), [this.#sequences, heads * size]);
  }

  /** Retains the sequences with these indices, in that order. */
  retain(rows: Int32Array): void {
    const { heads, size } = this.shape;
    const whole = heads * this.#capacity * size;
    const sequences = this.#sequences;
    this.#sequences = rows.length;
    this.#replace((x) =>
      reshape(gatherRows(reshape(x, [sequences, whole]), rows), [
        rows.length * heads,
        this.#capacity,
        size,
      ]),
    );
  }

  dispose(): void {
    const { tf } = engine();
    this.#releaseStep();
    for (const { keys, values } of this.#layers) tf.dispose([keys, values]);
    this.#layers.length = 0;
  }

  /** x in the type of the cache. */
  #round(x: Tensor): Tensor {
    return this.shape.precision === "bfloat16" ? toBfloat16(x) : x;
  }

  #replace(change: (x: Tensor) => Tensor): void {
    const { tf } = engine();
    for (const layer of this.#layers)
      for (const name of ["keys", "values"] as const) {
        const before = layer[name];
        layer[name] = tf.keep(tidy(() => change(before)));
        before.dispose();
      }
  }

  #releaseStep(): void {
    if (this.#step) engine().tf.dispose({ ...this.#step });
    this.#step = undefined;
  }
}

/** What all layers share in a step. */
interface Step {
  /** [capacity]: 0 up to the position, −10⁹ beyond. */
  readonly mask: Tensor;
  /** Rows of the step's keys and values among all, [n]. */
  readonly rows: Tensor;
}

const PAD = [...FLOAT, attribute.type("Tpaddings", TYPE.int32)];

/** x [n, capacity, size] followed by `more` rows of zeros. */
function padRows(x: Tensor, more: number): Tensor {
  const { tf } = engine();
  return run("Pad", PAD, x, tf.tensor2d([0, 0, 0, more, 0, 0], [3, 2], "int32"));
}
