/** Named arrays in ordinary memory: a model's parameters, or a checkpoint. Saved as safetensors. */
export type Weights = Readonly<Record<string, WeightTensor>>;

export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** The arrays with a prefix before their names, to be stored with others in one checkpoint. */
export const addPrefix = (prefix: string, weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, value]) => [prefix + name, value]));

/** The arrays whose names have a prefix, without it. */
export const stripPrefix = (prefix: string, weights: Weights): Weights =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
