import type { Stream } from "../random/stream";
import { attribute, run, TYPE } from "./kernel";
import { engine, type Tensor } from "./load";

const ATTRIBUTES = [
  attribute.type("dtype", TYPE.float32),
  attribute.type("T", TYPE.int32),
  attribute.type("Tseed", TYPE.int32),
];

/** Standard normals, drawn natively (Philox). The same stream gives the same bits every time. */
export const normal = (shape: readonly number[], stream: Stream): Tensor =>
  stateless("StatelessRandomNormal", shape, stream);

/** Uniforms on [0, 1), drawn natively (Philox). The same stream gives the same bits every time. */
export const uniform = (shape: readonly number[], stream: Stream): Tensor =>
  stateless("StatelessRandomUniform", shape, stream);

function stateless(operation: string, shape: readonly number[], stream: Stream): Tensor {
  const { tf } = engine();
  return tf.tidy(() =>
    run(
      operation,
      ATTRIBUTES,
      tf.tensor1d([...shape], "int32"),
      tf.tensor1d(stream.key(), "int32"),
    ),
  );
}
