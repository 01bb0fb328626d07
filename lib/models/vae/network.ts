import { convolution, transposedConvolution } from "../../engine/fused/convolution";
import type { Graph, Node } from "../../engine/graph";
import type { ParameterSpec, ParameterSpecs } from "../../engine/initialise";
import { reshape } from "../../engine/operations/reshape";
import type { VaeConfig } from "./config";
import { addCodeLayers, addLayer, applyLayer, type Layer, type LayerOptions } from "./layer";

export interface Network {
  /** Images [n, h, w, depth] → codes [n, 2k], the posterior's μ | log σ². */
  encode(graph: Graph, parameter: (name: string) => Node, images: Node): Node;
  /** Latents [n, k] → logits [n, h, w, depth]. */
  decode(graph: Graph, parameter: (name: string) => Node, latents: Node): Node;
  readonly parameters: ParameterSpecs;
  /** Height, width and channels after the last convolution. */
  readonly bottom: readonly [height: number, width: number, channels: number];
}

const KERNEL = 3;
const STRIDE = 2;

/**
 * Encoder: 3×3 convolutions of stride 2 with ReLU, then one linear layer to μ and log σ² together.
 * Decoder: a linear layer with ReLU, then transposed convolutions back up, ReLU between them.
 */
export function network(config: VaeConfig): Network {
  const { latent, channels, depth } = config;
  const sizes: [number, number][] = [[config.height, config.width]];
  for (const _ of channels) {
    const [height, width] = sizes[sizes.length - 1];
    sizes.push([Math.ceil(height / STRIDE), Math.ceil(width / STRIDE)]);
  }
  const widths = [depth, ...channels];
  const last = channels.length;
  const bottom = [...sizes[last], widths[last]] as const;
  const features = bottom[0] * bottom[1] * bottom[2];

  const parameters: Record<string, ParameterSpec> = {};
  const layer = (options: LayerOptions): Layer => addLayer(parameters, options);

  const convolutions = channels.map((out, i) =>
    layer({
      name: `encoder.${i}`,
      operation: convolution({ stride: STRIDE, activation: "relu" }),
      shape: [KERNEL, KERNEL, widths[i], out],
      inputs: KERNEL * KERNEL * widths[i],
      outputs: out,
    }),
  );
  const { toCode, fromLatent } = addCodeLayers(parameters, {
    features,
    latent,
    activation: "relu",
  });
  const transposed = Array.from({ length: last }, (_, k) => {
    const i = last - k;
    const out = widths[i - 1];
    const activation = i > 1 ? "relu" : "none";
    return layer({
      name: `decoder.${k}`,
      operation: transposedConvolution({ stride: STRIDE, size: sizes[i - 1], activation }),
      shape: [KERNEL, KERNEL, out, widths[i]],
      inputs: KERNEL * KERNEL * out,
      outputs: out,
    });
  });

  const apply =
    (graph: Graph, parameter: (name: string) => Node) =>
    (x: Node, layer: Layer): Node =>
      applyLayer(graph, parameter, x, layer);

  return {
    encode(graph, parameter, images) {
      const through = apply(graph, parameter);
      const maps = convolutions.reduce(through, images);
      return through(graph.apply(reshape(features), maps), toCode);
    },
    decode(graph, parameter, latents) {
      const through = apply(graph, parameter);
      const maps = graph.apply(reshape(...bottom), through(latents, fromLatent));
      return transposed.reduce(through, maps);
    },
    parameters,
    bottom,
  };
}
