import { attribute, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";

const TO_FLOAT = [
  attribute.type("SrcT", TYPE.uint8),
  attribute.type("DstT", TYPE.float32),
  attribute.bool("Truncate", false),
];

/** Bytes 0 … 255 as floats, converted natively (tfjs itself knows no uint8). */
export function fromBytes(bytes: Uint8Array, shape: readonly number[]): Tensor {
  const { backend } = engine();
  const source = backend.binding.createTensor(shape, TYPE.uint8, bytes);
  const [converted] = backend.binding.executeOp("Cast", TO_FLOAT, [source], 1);
  backend.binding.deleteTensor(source);
  return backend.createOutputTensor(converted);
}

/** Values in [0, 1] as bytes round(255·x); those outside become 0 or 255. */
export function toBytes(x: Tensor): Uint8Array {
  const { tf } = engine();
  const values = tf.tidy(() => tf.round(tf.mul(x, 255)).cast("int32").dataSync());
  return new Uint8Array(Uint8ClampedArray.from(values).buffer);
}
