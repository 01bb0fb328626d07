// Tensors of type bfloat16: float32 with 8 bits of significand instead of 24.

import { attribute } from "./kernel";
import { type Attribute, engine, type Tensor } from "./load";
import { isBfloat16, TYPE, tensorOf } from "./nativeTensor";

/** Type in which a model's matrix products take their factors. */
export type Precision = "float32" | "bfloat16";

const cast = (from: number, to: number): readonly Attribute[] => [
  attribute.type("SrcT", from),
  attribute.type("DstT", to),
  attribute.bool("Truncate", false),
];
const ROUND = cast(TYPE.float32, TYPE.bfloat16);
const WIDEN = cast(TYPE.bfloat16, TYPE.float32);

// Not through `run`, which would give both types the one of the input.
function convert(x: Tensor, attributes: readonly Attribute[]): Tensor {
  const { backend } = engine();
  const ids = backend.getInputTensorIds([x]);
  return tensorOf(backend.binding.executeOp("Cast", attributes, ids, 1)[0]);
}

/** x rounded to bfloat16, to the nearest and ties to even; x itself where it is bfloat16 already. */
export const toBfloat16 = (x: Tensor): Tensor => (isBfloat16(x) ? x : convert(x, ROUND));

/** x as float32, exactly; x itself where it is float32 already. */
export const toFloat32 = (x: Tensor): Tensor => (isBfloat16(x) ? convert(x, WIDEN) : x);

/** x in the type of another tensor. */
export const toTypeOf = (other: Tensor, x: Tensor): Tensor =>
  isBfloat16(other) ? toBfloat16(x) : toFloat32(x);
