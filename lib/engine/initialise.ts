import type { Stream } from "../random/stream";
import { sizeOf } from "../sizeOf";
import type { Weights } from "../store/weights";
import { scale } from "./elementwise";
import { normal, uniform } from "./random";
import { renormRows } from "./renormRows";
import { tidy } from "./tidy";

/** Distribution of a fresh parameter. */
export type Initial =
  /** Normal around 0. */
  | { readonly kind: "normal"; readonly deviation: number }
  /** Uniform within ±bound. */
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "constant"; readonly value: number };

export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initial: Initial;
  /** Maximum norm of each row (PyTorch's `max_norm`). */
  readonly maxNorm?: number;
}

/** The parameters of a model, by name. */
export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** PyTorch's default for linear and convolutional layers: uniform within ±1/√fan-in. */
export const fanIn = (inputs: number): Initial => ({
  kind: "uniform",
  bound: 1 / Math.sqrt(inputs),
});

/** Fresh parameters; each depends on its name's child of the stream alone. */
export function initialise(specs: ParameterSpecs, stream: Stream): Weights {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, initial, maxNorm }]) => {
      const data = draw(shape, initial, stream.at(name));
      const limited = maxNorm === undefined ? data : renormRows(data, shape.at(-1)!, maxNorm);
      return [name, { shape, data: limited }];
    }),
  );
}

function draw(shape: readonly number[], initial: Initial, stream: Stream): Float32Array {
  switch (initial.kind) {
    case "constant":
      return new Float32Array(sizeOf(shape)).fill(initial.value);
    case "normal":
      return tidy(() => scale(normal(shape, stream), initial.deviation).dataSync<"float32">());
    case "uniform":
      return tidy(() =>
        scale(uniform(shape, stream).sub(0.5), 2 * initial.bound).dataSync<"float32">(),
      );
  }
}

/** What every model tells about its parameters. */
export interface ParameterInfo {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameterCount: number;
  /** Fresh parameters from the stream. */
  initial(stream: Stream): Weights;
}

export const parameterInfo = (specs: ParameterSpecs): ParameterInfo => ({
  shapes: Object.fromEntries(Object.entries(specs).map(([name, { shape }]) => [name, shape])),
  parameterCount: Object.values(specs).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  initial: (stream) => initialise(specs, stream),
});
