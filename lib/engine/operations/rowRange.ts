import { int32Vector } from "../constants";
import { attribute, FLOAT, run, TYPE } from "../kernel";
import { engine } from "../load";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

const SLICE = [...FLOAT, attribute.type("Index", TYPE.int32)];
const PAD = [...FLOAT, attribute.type("Tpaddings", TYPE.int32)];

/** The rows from … from + count − 1 of a matrix. Keeps nothing. */
export function rowRange(from: number, count: number): Operation {
  return {
    forward(x) {
      const [begin, size] = [int32Vector([from, 0]), int32Vector([count, x.shape[1]!])];
      return { output: run("Slice", SLICE, x, begin, size), kept: [] };
    },
    backward(dOutput, [x]) {
      const { tf } = engine();
      const after = x.shape[0]! - from - count;
      return tidy(() => [
        run("Pad", PAD, dOutput, tf.tensor2d([from, after, 0, 0], [2, 2], "int32")),
      ]);
    },
  };
}
