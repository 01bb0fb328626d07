import { split } from "../../engine/concat";
import { sigmoid } from "../../engine/elementwise";
import { bernoulliCrossEntropy } from "../../engine/fused/bernoulli";
import { gaussianDivergence, gaussianDraw } from "../../engine/fused/gaussian";
import type { GradientOptions, GradientsOf } from "../../engine/gradients";
import { constants, type Graph, leaves, type Node, noGrad, Tape } from "../../engine/graph";
import { type ParameterInfo, parameterInfo } from "../../engine/initialise";
import { engine, type Tensor } from "../../engine/load";
import { splitColumns } from "../../engine/operations/splitColumns";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { VaeConfig } from "./config";
import { network } from "./network";

/** Negative ELBO of a batch in nats per image: its two parts, whose sum is the loss. */
export interface Loss {
  /** E over z ~ q(z|x) of −log p(x|z), with one draw of z per image. */
  readonly reconstruction: number;
  /** KL(q(z|x) ‖ N(0, I)). */
  readonly kl: number;
}

/** Images and the noise with which their latents are drawn. */
export interface ImageBatch {
  /** [n, h, w, depth], in [0, 1]. */
  readonly images: Tensor;
  /** Standard normals, [n, latent]. */
  readonly noise: Tensor;
}

export interface VaeGradientOptions extends GradientOptions {
  /** Weight of the KL term in the gradients; the loss always has weight 1. Default: 1. */
  readonly klWeight?: number;
}

/**
 * A convolutional variational autoencoder (Kingma & Welling 2014; paper §5).
 *
 * Pixels are probabilities: x in [0, 1] under independent Bernoulli distributions, so that the
 * reconstruction term is a cross-entropy in nats and the loss a proper bound in one unit, without
 * the free weight between squared error and KL that the paper's face model needs.
 *
 * Parameters are in the engine's layout; fresh ones as PyTorch's default.
 */
export interface Vae extends ParameterInfo {
  readonly config: VaeConfig;
  readonly gradients: GradientsOf<ImageBatch, Loss, VaeGradientOptions>;
  loss(values: Values, batch: ImageBatch): Loss;
  /** Posterior mean and log-variance [n, latent] of images. */
  encode(values: Values, images: Tensor): { mean: Tensor; logVariance: Tensor };
  /** Mean image [n, h, w, depth] in [0, 1] of latents [n, latent]. */
  decode(values: Values, latents: Tensor): Tensor;
}

const draw = splitColumns(2, gaussianDraw);
const divergence = splitColumns(2, gaussianDivergence);

export function vae(config: VaeConfig): Vae {
  const { latent } = config;
  const { encode, decode, parameters } = network(config);

  /** Both terms summed over the batch, scalars. */
  const terms = (graph: Graph, parameter: (name: string) => Node, batch: ImageBatch) => {
    const [images, noise] = [{ value: batch.images }, { value: batch.noise }];
    const code = encode(graph, parameter, images);
    const logits = decode(graph, parameter, graph.apply(draw, code, noise));
    return {
      reconstruction: graph.apply(bernoulliCrossEntropy, logits, images),
      kl: graph.apply(divergence, code),
    };
  };
  const mean = ({ reconstruction, kl }: ReturnType<typeof terms>, n: number): Loss => ({
    reconstruction: number(reconstruction.value) / n,
    kl: number(kl.value) / n,
  });

  return {
    config,
    ...parameterInfo(parameters),
    gradients(values, batch, { klWeight = 1, denominator: n = batch.images.shape[0]! } = {}) {
      const { tf } = engine();
      const tape = new Tape();
      const nodes = leaves(tape, values);
      const { reconstruction, kl } = terms(tape, (name) => nodes[name], batch);
      const loss = mean({ reconstruction, kl }, n);
      tape.backward(
        { node: reconstruction, gradient: tf.scalar(1 / n) },
        { node: kl, gradient: tf.scalar(klWeight / n) },
      );
      const gradients = Object.fromEntries(
        Object.entries(nodes).map(([name, node]) => [name, tape.gradient(node)!]),
      );
      return { loss, gradients };
    },
    loss(values, batch) {
      return tidy(() => mean(terms(noGrad, constants(values), batch), batch.images.shape[0]!));
    },
    encode(values, images) {
      return tidy(() => {
        const code = encode(noGrad, constants(values), { value: images }).value;
        const [mean, logVariance] = split(code, [latent, latent], 1);
        return { mean, logVariance };
      });
    },
    decode(values, latents) {
      return tidy(() => sigmoid(decode(noGrad, constants(values), { value: latents }).value));
    },
  };
}

const number = (scalar: Tensor): number => scalar.dataSync()[0];
