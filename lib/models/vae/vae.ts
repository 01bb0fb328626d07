import { add, scale, sigmoid } from "../../engine/elementwise";
import { bernoulliCrossEntropy } from "../../engine/fused/bernoulli";
import { gaussianDivergence, gaussianDraw, moments } from "../../engine/fused/gaussian";
import { sequence, type Values } from "../../engine/fused/sequence";
import { engine, type Tensor } from "../../engine/load";
import { uniform } from "../../engine/random";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../task/weights";
import type { VaeConfig } from "./config";
import { network } from "./network";

/** Negative ELBO of a batch in nats per image: its two parts, whose sum is the loss. */
export interface Loss {
  /** E over z ~ q(z|x) of −log p(x|z), by one draw of z an image. */
  readonly reconstruction: number;
  /** KL(q(z|x) ‖ N(0, I)). */
  readonly kl: number;
}

/**
 * A convolutional variational autoencoder (Kingma & Welling 2014; paper §5).
 *
 * Pixels are probabilities: x in [0, 1] under independent Bernoulli distributions, so that the
 * reconstruction term is a cross-entropy in nats and the loss a proper bound in one unit, without
 * the free weight between squared error and KL that the paper's face model needs.
 */
export interface Vae {
  readonly config: VaeConfig;
  /** Shape of each parameter in the engine's layout. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameterCount: number;
  /** Fresh parameters, uniform within ±1/√fan-in (PyTorch's default), from the stream. */
  initial(stream: Stream): Weights;
  /**
   * Loss of images x [n, h, w, depth] in [0, 1] with noise ε [n, latent], and the gradients of
   * reconstruction + klWeight · KL, averaged over the batch. Call it inside `tf.tidy`.
   */
  gradients(
    values: Values,
    x: Tensor,
    noise: Tensor,
    klWeight?: number,
  ): { loss: Loss; gradients: Record<string, Tensor> };
  loss(values: Values, x: Tensor, noise: Tensor): Loss;
  /** Posterior mean and log-variance [n, latent] of images. */
  encode(values: Values, x: Tensor): { mean: Tensor; logVariance: Tensor };
  /** Mean image [n, h, w, depth] in [0, 1] of latents [n, latent]. */
  decode(values: Values, z: Tensor): Tensor;
}

export function vae(config: VaeConfig): Vae {
  const { encoder, decoder, parameters } = network(config);
  const names = Object.keys(parameters);
  const shapes = Object.fromEntries(names.map((name) => [name, parameters[name].shape]));

  const run = (values: Values, x: Tensor, noise: Tensor) => {
    const n = x.shape[0]!;
    const encoding = sequence(encoder, x, values);
    const [mean, logVariance] = moments(encoding.output);
    const draw = gaussianDraw.forward(mean, logVariance, noise);
    const decoding = sequence(decoder, draw.output, values);
    const logits = decoding.output;
    const loss: Loss = {
      reconstruction: number(bernoulliCrossEntropy.forward(logits, x).output) / n,
      kl: number(gaussianDivergence.forward(mean, logVariance).output) / n,
    };
    const backward = (klWeight: number) => {
      const { tf } = engine();
      const gradients: Record<string, Tensor> = {};
      const [dLogits] = bernoulliCrossEntropy.backward(tf.scalar(1 / n), [logits, x], []);
      const dz = decoding.backward(dLogits!, gradients)!;
      const drawn = gaussianDraw.backward(dz, [mean, logVariance, noise], draw.kept);
      const divergence = gaussianDivergence.backward(
        tf.scalar(klWeight / n),
        [mean, logVariance],
        [],
      );
      const dCode = tf.concat(
        [0, 1].map((half) => add(drawn[half]!, divergence[half]!)),
        1,
      );
      encoding.backward(dCode, gradients, true);
      return gradients;
    };
    return { loss, backward };
  };

  return {
    config,
    shapes,
    parameterCount: names.reduce((sum, name) => sum + size(shapes[name]), 0),
    initial(stream) {
      const { tf } = engine();
      return Object.fromEntries(
        names.map((name) => {
          const { shape, fanIn } = parameters[name];
          const bound = 1 / Math.sqrt(fanIn);
          const data = tf.tidy(() =>
            scale(uniform(shape, stream.at(name)).sub(0.5), 2 * bound).dataSync<"float32">(),
          );
          return [name, { shape, data }];
        }),
      );
    },
    gradients(values, x, noise, klWeight = 1) {
      const { loss, backward } = run(values, x, noise);
      return { loss, gradients: backward(klWeight) };
    },
    loss(values, x, noise) {
      return run(values, x, noise).loss;
    },
    encode(values, x) {
      const [mean, logVariance] = moments(sequence(encoder, x, values).output);
      return { mean, logVariance };
    },
    decode(values, z) {
      return sigmoid(sequence(decoder, z, values).output);
    },
  };
}

const number = (scalar: Tensor): number => scalar.dataSync()[0];

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
