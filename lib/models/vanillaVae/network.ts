import {
  batchNorm,
  batchNormInference,
  type ChannelStatistics,
} from "../../engine/fused/batchNorm";
import { convolution, transposedConvolution } from "../../engine/fused/convolution";
import type { Graph, Node } from "../../engine/graph";
import type { Initial, ParameterSpecs } from "../../engine/initialise";
import type { Operation } from "../../engine/operation";
import { reshape } from "../../engine/operations/reshape";
import { sizeOf } from "../../sizeOf";
import { addCodeLayers, addLayer, applyLayer, type Layer, type LayerOptions } from "../vae/layer";
import type { VanillaVaeConfig } from "./config";

const KERNEL = 3;

/** Where the activations of one pass go. */
export interface Pass {
  readonly graph: Graph;
  parameter(name: string): Node;
  /** In training: receives the statistics of a batch normalisation. Without it, running ones are used. */
  observe?(name: string, statistics: ChannelStatistics): void;
}

export interface Network {
  /** Images [n, side, side, depth] → codes [n, 2k], the posterior's μ | log σ². */
  encode(pass: Pass, images: Node): Node;
  /** Latents [n, k] → the image before its tanh [n, side, side, depth]. */
  decode(pass: Pass, latents: Node): Node;
  readonly parameters: ParameterSpecs;
  /** Height, width and channels after the last convolution. */
  readonly bottom: readonly [height: number, width: number, channels: number];
}

/** A (transposed) convolution, batch normalisation and leaky ReLU; `name` as in PyTorch's Sequential. */
interface Block {
  readonly convolution: Layer;
  readonly norm: string;
}

const constant = (value: number): Initial => ({ kind: "constant", value });

/**
 * The network on images turned by 180°, with filters turned by 180°. PyTorch pads an even size before the
 * first row and column, TensorFlow's fast kernels after the last ones: on a turned image that is the same.
 */
export function network({ side, depth, channels, latent }: VanillaVaeConfig): Network {
  const parameters: Record<string, ParameterSpecs[string]> = {};
  const layer = (options: LayerOptions): Layer => addLayer(parameters, options);
  const block = (
    name: string,
    operation: Operation,
    from: number,
    to: number,
    mirrored: boolean,
  ) => {
    const shape = [KERNEL, KERNEL, ...(mirrored ? [to, from] : [from, to])];
    // PyTorch takes the second axis of a filter for its inputs, also where that is the outputs.
    const inputs = KERNEL * KERNEL * (mirrored ? to : from);
    const norm = `${name}.1`;
    const convolution = layer({ name: `${name}.0`, operation, shape, inputs, outputs: to });
    parameters[`${norm}.weight`] = { shape: [to], initial: constant(1) };
    parameters[`${norm}.bias`] = { shape: [to], initial: constant(0) };
    parameters[`${norm}.running_mean`] = { shape: [to], initial: constant(0) };
    parameters[`${norm}.running_var`] = { shape: [to], initial: constant(1) };
    return { convolution, norm };
  };

  const last = channels.length - 1;
  const sides = channels.map((_, i) => side / 2 ** (i + 1));
  const bottom = [sides[last], sides[last], channels[last]] as const;
  const features = sizeOf(bottom);

  const encoder = channels.map((to, i) =>
    block(`encoder.${i}`, convolution({ stride: 2 }), i === 0 ? depth : channels[i - 1], to, false),
  );
  const { toCode, fromLatent } = addCodeLayers(parameters, {
    features,
    latent,
    activation: "none",
  });
  const up = (name: string, from: number, to: number, size: number) =>
    block(name, transposedConvolution({ stride: 2, size: [size, size] }), from, to, true);
  const decoder = Array.from({ length: last }, (_, i) =>
    up(`decoder.${i}`, channels[last - i], channels[last - i - 1], sides[last - i - 1]),
  );
  const final = up("final_layer", channels[0], channels[0], side);
  const toImage = layer({
    name: "final_layer.3",
    operation: convolution({ stride: 1 }),
    shape: [KERNEL, KERNEL, channels[0], depth],
    inputs: KERNEL * KERNEL * channels[0],
    outputs: depth,
  });

  const through = ({ graph, parameter }: Pass, x: Node, layer: Layer): Node =>
    applyLayer(graph, parameter, x, layer);
  const throughBlock = (pass: Pass, x: Node, { convolution, norm }: Block): Node => {
    const { graph, parameter, observe } = pass;
    const maps = through(pass, x, convolution);
    const gainAndBias = [parameter(`${norm}.weight`), parameter(`${norm}.bias`)];
    const activation = "leaky-relu";
    if (observe)
      return graph.apply(
        batchNorm((statistics) => observe(norm, statistics), { activation }),
        maps,
        ...gainAndBias,
      );
    const running = [parameter(`${norm}.running_mean`), parameter(`${norm}.running_var`)];
    return graph.apply(batchNormInference({ activation }), maps, ...gainAndBias, ...running);
  };

  return {
    encode(pass, images) {
      const maps = encoder.reduce((x, block) => throughBlock(pass, x, block), images);
      return through(pass, pass.graph.apply(reshape(features), maps), toCode);
    },
    decode(pass, latents) {
      const flat = through(pass, latents, fromLatent);
      const maps = pass.graph.apply(reshape(...bottom), flat);
      const large = [...decoder, final].reduce((x, block) => throughBlock(pass, x, block), maps);
      return through(pass, large, toImage);
    },
    parameters,
    bottom,
  };
}
