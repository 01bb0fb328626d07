/** Named arrays in ordinary memory: a model's parameters, or a checkpoint. Saved as safetensors. */
export type Weights = Readonly<Record<string, WeightTensor>>;

export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}
