import { concatArrays } from "../../concatArrays";
import { UserError } from "../../errors";
import { sizeOf } from "../../sizeOf";
import type { Weights, WeightTensor } from "../../store/weights";
import type { VaeConfig } from "./config";
import { type Network, network } from "./network";

interface Floats extends WeightTensor {
  readonly data: Float32Array;
}

/**
 * The engine's parameters as PyTorch names and lays them out: filters [out, in, k, k] (of
 * transposed convolutions [in, out, k, k]), linear weights [out, in], features in the order
 * channel, row, column, and the two halves of `fc` as `fc_mu` and `fc_var`.
 */
export function toTorch(config: VaeConfig, values: Weights): Weights {
  const { bottom, parameters } = network(config);
  const result: Record<string, WeightTensor> = {};
  for (const name of Object.keys(parameters)) {
    const moved = move(floats(values, name), forward(name, bottom, config.latent));
    if (name.startsWith("fc.")) {
      const kind = name.slice(3);
      result[`fc_mu.${kind}`] = rows(moved, 0, config.latent);
      result[`fc_var.${kind}`] = rows(moved, config.latent, 2 * config.latent);
    } else result[name] = moved;
  }
  return result;
}

/**
 * The inverse of {@link toTorch}.
 * @throws UserError when a tensor is missing or has another size
 */
export function fromTorch(config: VaeConfig, weights: Weights): Weights {
  const { bottom, parameters } = network(config);
  const result: Record<string, WeightTensor> = {};
  for (const [name, { shape }] of Object.entries(parameters)) {
    const given = name.startsWith("fc.")
      ? concatRows(
          floats(weights, `fc_mu.${name.slice(3)}`),
          floats(weights, `fc_var.${name.slice(3)}`),
        )
      : floats(weights, name);
    const { view, order } = forward(name, bottom, config.latent);
    const permuted = order.map((axis) => (view ?? shape)[axis]);
    if (given.data.length !== sizeOf(permuted))
      throw new UserError(
        `Tensor "${name}" has shape [${given.shape}]; this autoencoder needs ${shape.join(" × ")} numbers.`,
      );
    const back = order.map((_, axis) => order.indexOf(axis));
    result[name] = { shape, data: transpose(given.data, permuted, back) };
  }
  return result;
}

interface Move {
  /** Shape to see the tensor in before its axes change places; its own by default. */
  readonly view?: readonly number[];
  readonly order: readonly number[];
  /** Shape of the result. */
  readonly shape?: readonly number[];
}

/** How a parameter moves from the engine's layout to PyTorch's. */
function forward(name: string, bottom: Network["bottom"], latent: number): Move {
  const features = bottom[0] * bottom[1] * bottom[2];
  switch (name) {
    case "fc.weight":
      return { view: [...bottom, 2 * latent], order: [3, 2, 0, 1], shape: [2 * latent, features] };
    case "decoder_input.weight":
      return { view: [latent, ...bottom], order: [3, 1, 2, 0], shape: [features, latent] };
    case "decoder_input.bias":
      return { view: bottom, order: [2, 0, 1], shape: [features] };
    default:
      return { order: name.endsWith(".bias") ? [0] : [3, 2, 0, 1] };
  }
}

function move(value: Floats, { view, order, shape }: Move): Floats {
  const from = view ?? value.shape;
  return {
    shape: shape ?? order.map((axis) => from[axis]),
    data: transpose(value.data, from, order),
  };
}

function transpose(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sizes = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  const out = new Float32Array(data.length);
  const index = sizes.map(() => 0);
  for (let i = 0, from = 0; i < out.length; i++) {
    out[i] = data[from];
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < sizes[axis]) break;
      from -= steps[axis] * sizes[axis];
      index[axis] = 0;
    }
  }
  return out;
}

function rows({ shape, data }: Floats, from: number, to: number): Floats {
  const width = sizeOf(shape.slice(1));
  return { shape: [to - from, ...shape.slice(1)], data: data.slice(from * width, to * width) };
}

const concatRows = (first: Floats, second: Floats): Floats => ({
  shape: [first.shape[0] + second.shape[0], ...first.shape.slice(1)],
  data: concatArrays(Float32Array, [first.data, second.data]),
});

function floats(weights: Weights, name: string): Floats {
  const tensor = weights[name];
  if (!tensor)
    throw new UserError(`The weights have no tensor "${name}"; do they belong to another model?`);
  const { shape, data } = tensor;
  if (!(data instanceof Float32Array)) throw new UserError(`Tensor "${name}" must be float32.`);
  return { shape, data };
}
