import { UserError } from "../../errors";
import { add, multiply, subtract } from "../elementwise";
import { matMul } from "../linear";
import { engine, type Tensor } from "../load";
import { tidy } from "../tidy";
import type { Fused } from "./fused";

export interface RotaryOptions {
  readonly heads: number;
  /** Numbers per head, even. */
  readonly size: number;
  /** Feature pair i turns by base^(−2i/size) a position. Default 10,000. */
  readonly base?: number;
}

/** Owns its tables of angles: make it in a `tidy`, or dispose of it. */
export interface Rotary extends Fused {
  dispose(): void;
}

/**
 * Rotary position embedding (Su et al. 2021) as Hugging Face's Llama lays it out: in each head,
 * features i and i + size/2 are a pair, turned by position · base^(−2i/size). One input x
 * [n, heads · size] or [n, heads, size]; keeps nothing, and the gradient is turned back.
 * @param positions of the n rows in their sequences, from 0
 * @throws UserError when a head has an odd size
 */
export function rotary(positions: Int32Array, options: RotaryOptions): Rotary {
  const { heads, size } = options;
  if (size % 2 !== 0)
    throw new UserError(
      `Rotary positions turn pairs of features, so a head of ${size} does not work: choose the width and the number of heads so that their ratio is even.`,
    );
  // Sequences that advance together share a row of the tables.
  const together = positions.every((position) => position === positions[0]);
  const [cosines, sines, quarter] = tidy(() =>
    tables(together ? positions.subarray(0, 1) : positions, options),
  );

  /** x·cos ± q·sin, with q the pairs turned by a right angle. */
  const turn = (x: Tensor, combine: typeof add): Tensor =>
    tidy(() => {
      const rows = x.reshape([-1, heads * size]);
      const turned = matMul(x.reshape([-1, size]), quarter).reshape(rows.shape);
      const right = multiply(turned, sines);
      turned.dispose();
      return combine(multiply(rows, cosines), right).reshape(x.shape);
    });

  return {
    forward: (x) => ({ output: turn(x, add), kept: [] }),
    backward: (dOutput) => [turn(dOutput, subtract)],
    dispose() {
      for (const table of [cosines, sines, quarter]) table.dispose();
    },
  };
}

/** cos and sin of all angles, [positions, heads · size], and the right turn of one head, [size, size]. */
function tables(
  positions: Int32Array,
  { heads, size, base = 10_000 }: RotaryOptions,
): [cosines: Tensor, sines: Tensor, quarter: Tensor] {
  const { tf } = engine();
  const half = size / 2;
  const frequencies = Float32Array.from({ length: half }, (_, i) => base ** ((-2 * i) / size));
  const angles = matMul(
    tf.tensor2d(Float32Array.from(positions), [positions.length, 1]),
    tf.tensor2d(frequencies, [1, half]),
  );
  // In full, because a product of equal shapes takes half the time of one with broadcast heads.
  const spread = (x: Tensor): Tensor => x.tile([1, 2 * heads]);
  const quarter = new Float32Array(size * size);
  for (let i = 0; i < half; i++) {
    quarter[(i + half) * size + i] = -1;
    quarter[i * size + i + half] = 1;
  }
  return [spread(tf.cos(angles)), spread(tf.sin(angles)), tf.tensor2d(quarter, [size, size])];
}
