import { add } from "../elementwise";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import { gatherRows } from "../pieces";
import { batchProduct, batchProductTransposed } from "../products";
import { scaled } from "../rows";
import { FORBIDDEN, softmax } from "../softmax";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** Room is made for so many positions at a time: few copies, little that is computed in vain. */
const ROOM = 32;

/**
 * Keys and values of B sequences that advance together, one token a step, so that a step costs no
 * more than its own token's row. Owns its tensors.
 */
export class AttentionCache {
  #sequences: number;
  #position = 0;
  #room = 0;
  /** Of each layer, both [B · heads, room, size]; rows beyond the position are 0. */
  readonly #layers: { keys: Tensor; values: Tensor }[];
  #step: Step | undefined;

  constructor(
    sequences: number,
    private readonly shape: {
      readonly layers: number;
      readonly heads: number;
      /** Numbers per head. */
      readonly size: number;
    },
  ) {
    this.#sequences = sequences;
    const { tf } = engine();
    const empty = () => tf.keep(tf.zeros([sequences * shape.heads, 0, shape.size]));
    this.#layers = Array.from({ length: shape.layers }, () => ({
      keys: empty(),
      values: empty(),
    }));
  }

  get sequences(): number {
    return this.#sequences;
  }

  /** Of the next token in its sequence, from 0. */
  get position(): number {
    return this.#position;
  }

  /** Bytes that it will hold after one more step. */
  get nextBytes(): number {
    const { layers, heads, size } = this.shape;
    const room = this.#position === this.#room ? this.#room + ROOM : this.#room;
    return 2 * 4 * layers * this.#sequences * heads * size * room;
  }

  /** Begins a step: makes room for one more token in every layer. */
  begin(): void {
    const { tf } = engine();
    if (this.#position === this.#room) {
      this.#room += ROOM;
      this.#replace((x) => padded(x, ROOM));
    }
    this.#forget();
    const { heads, size } = this.shape;
    const position = this.#position;
    const mask = new Float32Array(this.#room).fill(FORBIDDEN, position + 1);
    const n = this.#sequences * heads;
    const rows = new Int32Array(n);
    for (let i = 0; i < n; i++) rows[i] = i * this.#room + position;
    const numbers = (list: ArrayLike<number>) =>
      tf.keep(tf.tensor1d(Int32Array.from(list), "int32"));
    this.#step = {
      mask: tf.keep(tf.tensor1d(mask)),
      rows: numbers(rows),
      byHead: numbers([n, size]),
      query: numbers([n, 1, size]),
      output: numbers([this.#sequences, heads * size]),
      flat: numbers([n * this.#room, size]),
    };
  }

  /** Ends the step that every layer has taken part in. */
  end(): void {
    this.#position++;
  }

  /**
   * Attention of one layer within a step, inputs (Q, K, V) of the tokens of this step, each
   * [B, heads · size]: every token looks at those before it in its sequence and at itself.
   */
  attention(layer: number): Fused {
    return {
      forward: (q, k, v) => ({ output: tidy(() => this.#attend(layer, q, k, v)), kept: [] }),
      backward() {
        throw new Error("A cache serves inference alone.");
      },
    };
  }

  #attend(layer: number, q: Tensor, k: Tensor, v: Tensor): Tensor {
    const { keys, values } = this.#layers[layer];
    const { mask, rows, byHead, query, output, flat } = this.#step!;
    // TensorFlow's result shares the memory of the first argument, and so does a reshaped tensor:
    // the rows are written where they lie.
    run("InplaceUpdate", FLOAT, shaped(keys, flat), rows, shaped(k, byHead));
    run("InplaceUpdate", FLOAT, shaped(values, flat), rows, shaped(v, byHead));
    const asked = scaled(shaped(q, query), 1 / Math.sqrt(this.shape.size));
    const scores = add(batchProductTransposed(asked, keys), mask);
    return shaped(batchProduct(softmax(scores), values), output);
  }

  /** Keeps the sequences `rows` (indices into the present ones), in that order. */
  retain(rows: Int32Array): void {
    const { heads, size } = this.shape;
    const whole = heads * this.#room * size;
    const before = this.#sequences;
    this.#sequences = rows.length;
    this.#replace((x) =>
      gatherRows(x.reshape([before, whole]), rows).reshape([rows.length * heads, this.#room, size]),
    );
  }

  dispose(): void {
    const { tf } = engine();
    this.#forget();
    for (const { keys, values } of this.#layers) tf.dispose([keys, values]);
    this.#layers.length = 0;
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

  #forget(): void {
    if (this.#step) engine().tf.dispose({ ...this.#step });
    this.#step = undefined;
  }
}

/** What all layers need in a step. */
interface Step {
  /** [room]: 0 up to the position, −10⁹ beyond. */
  readonly mask: Tensor;
  /** Where the step's keys and values go among the rows of all, [n]. */
  readonly rows: Tensor;
  readonly byHead: Tensor;
  readonly query: Tensor;
  readonly output: Tensor;
  readonly flat: Tensor;
}

const PAD = [...FLOAT, attribute.type("Tpaddings", TYPE.int32)];

/** x [n, room, size] with `more` rows of zeros behind. */
function padded(x: Tensor, more: number): Tensor {
  const { tf } = engine();
  return run("Pad", PAD, x, tf.tensor2d([0, 0, 0, more, 0, 0], [3, 2], "int32"));
}

const RESHAPE = [...FLOAT, attribute.type("Tshape", TYPE.int32)];

/** tfjs's own reshape takes twice as long. */
const shaped = (x: Tensor, shape: Tensor): Tensor => run("Reshape", RESHAPE, x, shape);
