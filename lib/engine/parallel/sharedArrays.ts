import { sizeOf } from "../../sizeOf";
import type { Weights } from "../../store/weights";
import { engine, type Tensor } from "../load";

/** Named float32 arrays, contiguous in memory that several threads share. */
export class SharedArrays {
  readonly #views = new Map<string, Float32Array>();

  constructor(
    readonly shapes: Readonly<Record<string, readonly number[]>>,
    readonly memory = new SharedArrayBuffer(4 * total(shapes)),
  ) {
    let offset = 0;
    for (const [name, shape] of Object.entries(shapes)) {
      const length = sizeOf(shape);
      this.#views.set(name, new Float32Array(memory, 4 * offset, length));
      offset += length;
    }
  }

  /** The memory of one array. */
  view(name: string): Float32Array {
    return this.#views.get(name)!;
  }

  /** Copies arrays in, by name. */
  write(weights: Weights): void {
    for (const [name, { data }] of Object.entries(weights))
      this.view(name).set(data as Float32Array);
  }

  /** A tensor with a copy of each array. */
  tensors(): Record<string, Tensor> {
    const { tf } = engine();
    return Object.fromEntries(
      Object.entries(this.shapes).map(([name, shape]) => [
        name,
        tf.tensor(this.view(name), [...shape]),
      ]),
    );
  }
}

const total = (shapes: Readonly<Record<string, readonly number[]>>): number =>
  Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
