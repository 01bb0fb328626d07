import { convolution, transposedConvolution } from "../../engine/fused/convolution";
import { dense } from "../../engine/fused/dense";
import type { Stage } from "../../engine/fused/sequence";
import type { VaeConfig } from "./config";

/** A parameter's shape and the number of inputs that one of its outputs sums over. */
export interface ParameterShape {
  readonly shape: readonly number[];
  readonly fanIn: number;
}

export interface Network {
  /** Images [n, h, w, depth] → codes [n, 2k], the posterior's μ | log σ². */
  readonly encoder: readonly Stage[];
  /** Latents [n, k] → logits [n, h, w, depth]. */
  readonly decoder: readonly Stage[];
  readonly parameters: Readonly<Record<string, ParameterShape>>;
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

  const parameters: Record<string, ParameterShape> = {};
  const stage = (
    name: string,
    weight: readonly number[],
    fanIn: number,
    outputs: number,
    operation: Stage["operation"],
  ): Stage => {
    parameters[`${name}.weight`] = { shape: weight, fanIn };
    parameters[`${name}.bias`] = { shape: [outputs], fanIn };
    return { operation, parameters: [`${name}.weight`, `${name}.bias`] };
  };

  const encoder = channels.map((out, i) =>
    stage(
      `encoder.${i}`,
      [KERNEL, KERNEL, widths[i], out],
      KERNEL * KERNEL * widths[i],
      out,
      convolution({ stride: STRIDE, activation: "relu" }),
    ),
  );
  encoder.push(stage("fc", [features, 2 * latent], features, 2 * latent, dense()));

  const decoder = [
    stage(
      "decoder_input",
      [latent, features],
      latent,
      features,
      dense({ activation: "relu", itemShape: bottom }),
    ),
  ];
  for (let i = last; i > 0; i--) {
    const out = widths[i - 1];
    decoder.push(
      stage(
        `decoder.${last - i}`,
        [KERNEL, KERNEL, out, widths[i]],
        KERNEL * KERNEL * out,
        out,
        transposedConvolution({
          stride: STRIDE,
          size: sizes[i - 1],
          activation: i > 1 ? "relu" : "none",
        }),
      ),
    );
  }
  return { encoder, decoder, parameters, bottom };
}
