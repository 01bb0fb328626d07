import { concatArrays } from "../../concatArrays";
import type { ParameterSpecs } from "../../engine/initialise";
import { UserError } from "../../errors";
import { sizeOf } from "../../sizeOf";
import type { Weights, WeightTensor } from "../../store/weights";
import { transpose } from "../transpose";

interface Floats extends WeightTensor {
  readonly data: Float32Array;
}

/** What a layout depends on. */
export interface LayoutOptions {
  readonly parameters: ParameterSpecs;
  /** Height, width and channels between the convolutions and the linear layers. */
  readonly bottom: readonly [height: number, width: number, channels: number];
  readonly latent: number;
  /** Whether the engine's network is on images, and so has filters, turned by 180°. */
  readonly turned?: boolean;
}

/** Moves the weights of an autoencoder between the engine's and PyTorch's layout. */
export interface TorchLayout {
  /** From the engine's layout to PyTorch's. */
  toTorch(values: Weights): Weights;
  /**
   * From PyTorch's layout to the engine's.
   * @throws UserError when a tensor is missing or has another size
   */
  fromTorch(weights: Weights): Weights;
}

/**
 * PyTorch has filters [out, in, k, k] (of transposed convolutions [in, out, k, k]), linear weights
 * [out, in], features in the order channel, row, column, and the two halves of the engine's `fc` as
 * `fc_mu` and `fc_var`.
 */
export function torchLayout({ parameters, bottom, latent, turned }: LayoutOptions): TorchLayout {
  const moveOf = (name: string): Move => {
    const move = forward(name, parameters[name].shape, bottom, latent);
    return { ...move, rows: turned ? move.rows : [] };
  };
  return {
    toTorch(values) {
      const result: Record<string, WeightTensor> = {};
      for (const name of Object.keys(parameters)) {
        const { from, order, rows: reversed, shape } = moveOf(name);
        const data = transpose(floats(values, name).data, from, order, reversed);
        const moved = { shape: shape ?? order.map((axis) => from[axis]), data };
        if (name.startsWith("fc.")) {
          const kind = name.slice(3);
          result[`fc_mu.${kind}`] = rows(moved, 0, latent);
          result[`fc_var.${kind}`] = rows(moved, latent, 2 * latent);
        } else result[name] = moved;
      }
      return result;
    },
    fromTorch(weights) {
      const result: Record<string, WeightTensor> = {};
      for (const [name, { shape }] of Object.entries(parameters)) {
        const kind = name.slice(3);
        const given = name.startsWith("fc.")
          ? concatRows(floats(weights, `fc_mu.${kind}`), floats(weights, `fc_var.${kind}`))
          : floats(weights, name);
        const { from, order, rows: reversed } = moveOf(name);
        const permuted = order.map((axis) => from[axis]);
        if (given.data.length !== sizeOf(permuted))
          throw new UserError(
            `Tensor "${name}" has shape [${given.shape}]; this autoencoder needs ${shape.join(" × ")} numbers.`,
          );
        const at = (axis: number) => order.indexOf(axis);
        const back = order.map((_, axis) => at(axis));
        result[name] = { shape, data: transpose(given.data, permuted, back, reversed.map(at)) };
      }
      return result;
    },
  };
}

interface Move {
  /** Shape to see the tensor in before its axes change places. */
  readonly from: readonly number[];
  readonly order: readonly number[];
  /** The axes of `from` that are an image's rows and columns. */
  readonly rows: readonly number[];
  /** Shape of the result, if it is not that of `from` in its new order. */
  readonly shape?: readonly number[];
}

/** How a parameter moves from the engine's layout to PyTorch's. */
function forward(
  name: string,
  shape: readonly number[],
  bottom: LayoutOptions["bottom"],
  latent: number,
): Move {
  const features = sizeOf(bottom);
  switch (name) {
    case "fc.weight":
      return {
        ...{ from: [...bottom, 2 * latent], order: [3, 2, 0, 1], rows: [0, 1] },
        shape: [2 * latent, features],
      };
    case "decoder_input.weight":
      return {
        ...{ from: [latent, ...bottom], order: [3, 1, 2, 0], rows: [1, 2] },
        shape: [features, latent],
      };
    case "decoder_input.bias":
      return { from: bottom, order: [2, 0, 1], rows: [0, 1], shape: [features] };
    default:
      return shape.length === 4
        ? { from: shape, order: [3, 2, 0, 1], rows: [0, 1] }
        : { from: shape, order: shape.map((_, axis) => axis), rows: [] };
  }
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
