import type { Weights } from "../store/weights";
import { attribute, run, runMany, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";

const DTYPE = [attribute.type("dtype", TYPE.float32)];
// TensorFlow's reserved name for a resource that belongs to its handle alone.
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** Values of parameters, by name. */
export type Values = Readonly<Record<string, Tensor>>;

/** Named arrays that are stored in the engine and updated in place. */
export class Parameters {
  readonly #handles = new Map<string, Tensor>();
  readonly #shapes = new Map<string, readonly number[]>();

  constructor(values: Weights) {
    const { tf } = engine();
    for (const [name, { shape, data }] of Object.entries(values)) {
      if (!(data instanceof Float32Array))
        throw new TypeError(`Parameter ${name} must be float32.`);
      const handle = run("VarHandleOp", [
        ...DTYPE,
        attribute.shape("shape", shape),
        attribute.string("container", ""),
        attribute.string("shared_name", ANONYMOUS),
      ]);
      this.#handles.set(name, tf.keep(handle));
      this.#shapes.set(name, shape);
      // A copy, because the engine shares memory with the array that it is given.
      const value = tf.tensor(Float32Array.from(data), [...shape]);
      runMany("AssignVariableOp", 0, DTYPE, handle, value);
      value.dispose();
    }
  }

  get names(): string[] {
    return [...this.#handles.keys()];
  }

  shape(name: string): readonly number[] {
    return this.#shapes.get(name)!;
  }

  /** The variable itself, for operations that update it. */
  handle(name: string): Tensor {
    return this.#handles.get(name)!;
  }

  /**
   * Current values, sharing memory with the variables. Dispose of them before an update, which
   * otherwise has to copy.
   */
  read(): Record<string, Tensor> {
    const values: Record<string, Tensor> = {};
    for (const [name, handle] of this.#handles) values[name] = run("ReadVariableOp", DTYPE, handle);
    return values;
  }

  /** Replaces one value by a function of it, which takes ownership of neither. */
  update(name: string, change: (value: Tensor) => Tensor): void {
    const value = run("ReadVariableOp", DTYPE, this.handle(name));
    const changed = change(value);
    value.dispose();
    runMany("AssignVariableOp", 0, DTYPE, this.handle(name), changed);
    changed.dispose();
  }

  /** Copies the values out. */
  save(): Weights {
    const saved: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
    for (const [name, value] of Object.entries(this.read())) {
      saved[name] = { shape: this.shape(name), data: value.dataSync<"float32">() };
      value.dispose();
    }
    return saved;
  }

  dispose(): void {
    for (const handle of this.#handles.values()) handle.dispose();
    this.#handles.clear();
  }
}
