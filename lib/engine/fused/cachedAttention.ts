import { add } from "../elementwise";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import { gatherRows } from "../pieces";
import { batchProduct, batchProductTransposed } from "../products";
import { scaled } from "../rows";
import { softmax } from "../softmax";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

/** Room is made for so many positions at a time: few copies, little that is computed in vain. */
const ROOM = 32;
const FORBIDDEN = -1e9;

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
  #mask: Tensor | undefined;
  #rows: Tensor | undefined;

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
    const { heads } = this.shape;
    const position = this.#position;
    const mask = new Float32Array(this.#room).fill(FORBIDDEN, position + 1);
    this.#mask = tf.keep(tf.tensor1d(mask));
    const rows = new Int32Array(this.#sequences * heads);
    for (let i = 0; i < rows.length; i++) rows[i] = i * this.#room + position;
    this.#rows = tf.keep(tf.tensor1d(rows, "int32"));
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
    const { heads, size } = this.shape;
    const { keys, values } = this.#layers[layer];
    const n = this.#sequences * heads;
    for (const [all, one] of [
      [keys, k],
      [values, v],
    ])
      write(all, this.#rows!, one.reshape([n, size]));
    const query = scaled(q, 1 / Math.sqrt(size)).reshape([n, 1, size]);
    const scores = add(batchProductTransposed(query, keys), this.#mask!);
    return batchProduct(softmax(scores), values).reshape(q.shape);
  }

  /** Keeps the sequences `rows` (indices into the present ones), in that order. */
  keep(rows: Int32Array): void {
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
    this.#mask?.dispose();
    this.#rows?.dispose();
    this.#mask = this.#rows = undefined;
  }
}

const PAD = [...FLOAT, attribute.type("Tpaddings", TYPE.int32)];

/** x [n, room, size] with `more` rows of zeros behind. */
function padded(x: Tensor, more: number): Tensor {
  const { tf } = engine();
  return run("Pad", PAD, x, tf.tensor2d([0, 0, 0, more, 0, 0], [3, 2], "int32"));
}

/** Overwrites rows of `all`, seen as [n · room, size], where they lie; no copy is made. */
function write(all: Tensor, rows: Tensor, values: Tensor): void {
  const [n, room, size] = all.shape as [number, number, number];
  // TensorFlow's result shares the memory of its first argument, and so does a reshaped tensor.
  run("InplaceUpdate", FLOAT, all.reshape([n * room, size]), rows, values);
}
