import { type Attribute, engine, type Tensor } from "./load";
import { isBfloat16, TYPE, tensorOf } from "./nativeTensor";

export { TYPE };

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

/** Runs one TensorFlow operation with one result; see {@link runMany}. */
export function run(
  operation: string,
  attributes: readonly Attribute[],
  ...inputs: Tensor[]
): Tensor {
  return runMany(operation, 1, attributes, ...inputs)[0];
}

/**
 * Runs one TensorFlow operation with several results. Where its first input is bfloat16, its attributes
 * that say float32 say bfloat16: the same call serves both types, and TensorFlow refuses to mix them.
 */
export function runMany(
  operation: string,
  outputs: number,
  attributes: readonly Attribute[],
  ...inputs: Tensor[]
): Tensor[] {
  const { backend } = engine();
  const ids = backend.getInputTensorIds(inputs);
  const typed = inputs.length > 0 && isBfloat16(inputs[0]) ? inBfloat16(attributes) : attributes;
  return backend.binding.executeOp(operation, typed, ids, outputs).map(tensorOf);
}

const twins = new WeakMap<readonly Attribute[], readonly Attribute[]>();

/** The attributes with bfloat16 in the place of float32. */
function inBfloat16(attributes: readonly Attribute[]): readonly Attribute[] {
  let twin = twins.get(attributes);
  if (!twin) {
    const isFloat = ({ type, value }: Attribute) =>
      type === ATTRIBUTE.type && value === TYPE.float32;
    twin = attributes.map((one) => (isFloat(one) ? { ...one, value: TYPE.bfloat16 } : one));
    twins.set(attributes, twin);
  }
  return twin;
}
