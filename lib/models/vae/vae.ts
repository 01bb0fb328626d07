import { add, scale, sigmoid } from "../../engine/elementwise";
import { bernoulliCrossEntropy } from "../../engine/fused/bernoulli";
import { gaussianDivergence, gaussianDraw, moments } from "../../engine/fused/gaussian";
import { infer, sequence, type Values } from "../../engine/fused/sequence";
import { engine, type Tensor } from "../../engine/load";
import { uniform } from "../../engine/random";
import { tidy } from "../../engine/tidy";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import type { VaeConfig } from "./config";
import { network } from "./network";

/** Negative ELBO of a batch in nats per image: its two parts, whose sum is the loss. */
export interface Loss {
  /** E over z ~ q(z|x) of −log p(x|z), with one draw of z per image. */
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
   * @param batch images of the whole batch, if x is a part of one: the losses and gradients of its
   *   parts then add up to those of the batch. Default: n.
   */
  gradients(
    values: Values,
    x: Tensor,
    noise: Tensor,
    klWeight?: number,
    batch?: number,
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

  const measure = (code: Code, logits: Tensor, x: Tensor, n = x.shape[0]!): Loss => ({
    reconstruction: number(bernoulliCrossEntropy.forward(logits, x).output) / n,
    kl: number(gaussianDivergence.forward(...code).output) / n,
  });

  return {
    config,
    shapes,
    parameterCount: names.reduce((sum, name) => sum + size(shapes[name]), 0),
    initial(stream) {
      return Object.fromEntries(
        names.map((name) => {
          const { shape, fanIn } = parameters[name];
          const bound = 1 / Math.sqrt(fanIn);
          const data = tidy(() =>
            scale(uniform(shape, stream.at(name)).sub(0.5), 2 * bound).dataSync<"float32">(),
          );
          return [name, { shape, data }];
        }),
      );
    },
    gradients(values, x, noise, klWeight = 1, n = x.shape[0]!) {
      const { tf } = engine();
      const encoding = sequence(encoder, x, values);
      const code = moments(encoding.output);
      const draw = gaussianDraw.forward(...code, noise);
      const decoding = sequence(decoder, draw.output, values);
      const loss = measure(code, decoding.output, x, n);

      const gradients: Record<string, Tensor> = {};
      const [dLogits] = bernoulliCrossEntropy.backward(tf.scalar(1 / n), [decoding.output, x], []);
      const dz = decoding.backward(dLogits!, gradients)!;
      const drawn = gaussianDraw.backward(dz, [...code, noise], draw.kept);
      const diverged = gaussianDivergence.backward(tf.scalar(klWeight / n), code, []);
      const dCode = tf.concat(
        code.map((_, half) => add(drawn[half]!, diverged[half]!)),
        1,
      );
      encoding.backward(dCode, gradients, true);
      return { loss, gradients };
    },
    loss(values, x, noise) {
      return tidy(() => {
        const code = moments(infer(encoder, x, values));
        const z = gaussianDraw.forward(...code, noise).output;
        return measure(code, infer(decoder, z, values), x);
      });
    },
    encode(values, x) {
      return tidy(() => {
        const [mean, logVariance] = moments(infer(encoder, x, values));
        return { mean, logVariance };
      });
    },
    decode(values, z) {
      return tidy(() => sigmoid(infer(decoder, z, values)));
    },
  };
}

type Code = readonly [mean: Tensor, logVariance: Tensor];

const number = (scalar: Tensor): number => scalar.dataSync()[0];

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
