import { type Attribute, engine, type Tensor } from "./load";

/** TensorFlow's numbers for element types (`TF_DataType`). */
export const TYPE = { float32: 1, int32: 3, uint8: 4, int64: 9 } as const;

const ATTRIBUTE = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** Attributes of an operation. Create them once: that costs as much as a small operation. */
export const attribute = {
  type: (name: string, value: number): Attribute => ({ name, type: ATTRIBUTE.type, value }),
  int: (name: string, value: number): Attribute => ({ name, type: ATTRIBUTE.int, value }),
  ints: (name: string, value: readonly number[]): Attribute => ({
    name,
    type: ATTRIBUTE.int,
    value,
  }),
  float: (name: string, value: number): Attribute => ({ name, type: ATTRIBUTE.float, value }),
  bool: (name: string, value: boolean): Attribute => ({ name, type: ATTRIBUTE.bool, value }),
  string: (name: string, value: string): Attribute => ({ name, type: ATTRIBUTE.string, value }),
  shape: (name: string, value: readonly number[]): Attribute => ({
    name,
    type: ATTRIBUTE.shape,
    value,
  }),
};

/** `T = float32`, which most operations need. */
export const FLOAT: readonly Attribute[] = [attribute.type("T", TYPE.float32)];

/** oneDNN's kernels are registered under the label that TensorFlow's graph rewriter sets. */
export const ONE_DNN = attribute.string("_kernel", "MklNameChangeOp");

/** Runs one TensorFlow operation with one result. */
export function run(
  operation: string,
  attributes: readonly Attribute[],
  ...inputs: Tensor[]
): Tensor {
  return engine().backend.executeSingleOutput(operation, attributes, inputs);
}

/** Runs one TensorFlow operation with several results. */
export function runMany(
  operation: string,
  outputs: number,
  attributes: readonly Attribute[],
  ...inputs: Tensor[]
): Tensor[] {
  return engine().backend.executeMultipleOutputs(operation, attributes, inputs, outputs);
}
