import { UserError } from "../../errors";
import { add, multiply, subtract } from "../elementwise";
import { engine, type Tensor } from "../load";
import { matmul } from "../matmul";
import type { Operation } from "../operation";
import { tidy } from "../tidy";

export interface RotaryOptions {
  readonly heads: number;
  /** Numbers per head, even. */
  readonly size: number;
  /** Feature pair i is rotated by base^(−2i/size) per position. Default 10,000. */
  readonly base?: number;
}

/** Owns its tables of angles: create it in a `tidy`, or dispose of it. */
export interface Rotary extends Operation {
  dispose(): void;
}

/**
 * Rotary position embedding (Su et al. 2021) as Hugging Face's Llama lays it out: in each head,
 * features i and i + size/2 are a pair, rotated by position · base^(−2i/size). One input x
 * [n, heads · size] or [n, heads, size]. Keeps nothing; the gradient is rotated back.
 * @param positions of the n rows in their sequences, from 0
 * @throws UserError when a head has an odd size
 */
export function rotary(positions: Int32Array, options: RotaryOptions): Rotary {
  const { heads, size } = options;
  if (size % 2 !== 0)
    throw new UserError(
      `Rotary positions rotate pairs of features, so heads cannot have ${size} features each: choose a width and a number of heads whose ratio is even.`,
    );
  // Sequences that advance together share one row of the tables.
  const isShared = positions.every((position) => position === positions[0]);
  const [cosines, sines, quarter] = tidy(() =>
    tables(isShared ? positions.subarray(0, 1) : positions, options),
  );

  /** x·cos ± q·sin, with q the pairs rotated by a right angle. */
  const rotate = (x: Tensor, combine: typeof add): Tensor =>
    tidy(() => {
      const rows = x.reshape([-1, heads * size]);
      const rotated = matmul(x.reshape([-1, size]), quarter).reshape(rows.shape);
      const sine = multiply(rotated, sines);
      rotated.dispose();
      return combine(multiply(rows, cosines), sine).reshape(x.shape);
    });

  return {
    forward: (x) => ({ output: rotate(x, add), kept: [] }),
    backward: (dOutput) => [rotate(dOutput, subtract)],
    dispose() {
      for (const table of [cosines, sines, quarter]) table.dispose();
    },
  };
}

/** cos and sin of all angles, [positions, heads · size], and the rotation of one head by a right angle, [size, size]. */
function tables(
  positions: Int32Array,
  { heads, size, base = 10_000 }: RotaryOptions,
): [cosines: Tensor, sines: Tensor, quarter: Tensor] {
  const { tf } = engine();
  const half = size / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) => base ** ((-2 * i) / size));
  const angles = matmul(
    tf.tensor2d(Float32Array.from(positions), [positions.length, 1]),
    tf.tensor2d(frequencies, [1, half]),
  );
  // Tiled, because a product of equal shapes takes half the time of one that broadcasts.
  const tile = (x: Tensor): Tensor => x.tile([1, 2 * heads]);
  const quarter = new Float32Array(size * size);
  for (let i = 0; i < half; i++) {
    quarter[(i + half) * size + i] = -1;
    quarter[i * size + i + half] = 1;
  }
  return [tile(tf.cos(angles)), tile(tf.sin(angles)), tf.tensor2d(quarter, [size, size])];
}
