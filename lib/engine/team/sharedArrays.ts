/** Named float32 arrays one behind the other in memory that several threads see. */
export class SharedArrays {
  readonly #views = new Map<string, Float32Array>();

  constructor(
    readonly shapes: Readonly<Record<string, readonly number[]>>,
    readonly memory = new SharedArrayBuffer(4 * total(shapes)),
  ) {
    let from = 0;
    for (const [name, shape] of Object.entries(shapes)) {
      const length = size(shape);
      this.#views.set(name, new Float32Array(memory, 4 * from, length));
      from += length;
    }
  }

  /** The memory of one array. */
  view(name: string): Float32Array {
    return this.#views.get(name)!;
  }
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const total = (shapes: Readonly<Record<string, readonly number[]>>): number =>
  Object.values(shapes).reduce((sum, shape) => sum + size(shape), 0);
