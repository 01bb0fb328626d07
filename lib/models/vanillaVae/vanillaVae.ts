import { split } from "../../engine/concat";
import { tanh } from "../../engine/elementwise";
import type { ChannelStatistics } from "../../engine/fused/batchNorm";
import { gaussianDivergence, gaussianDraw } from "../../engine/fused/gaussian";
import { squaredErrorOfTanh } from "../../engine/fused/squaredError";
import { constants, leaves, type Node, noGrad, Tape } from "../../engine/graph";
import { parameterInfo } from "../../engine/initialise";
import { engine, type Tensor } from "../../engine/load";
import { splitColumns } from "../../engine/operations/splitColumns";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { ImageBatch, Loss, Vae } from "../vae/vae";
import { isRunningStatistic } from "./batchNormAdam";
import type { VanillaVaeConfig } from "./config";
import { network, type Pass } from "./network";

/** Weight of the KL divergence in the published loss. */
export const KL_WEIGHT = 0.00025;

const draw = splitColumns(2, gaussianDraw);
const divergence = splitColumns(2, gaussianDivergence);

/**
 * The autoencoder of paper §5: convolutions with batch normalisation and leaky ReLU, images through a
 * tanh, and as loss the squared error averaged over all pixels plus a small multiple of the KL
 * divergence, which therefore is no bound on a likelihood.
 *
 * Losses are per image: `reconstruction` is the mean squared error of a pixel, `kl` in nats. In training
 * batches are normalised by themselves, elsewhere by running statistics, which are among the values:
 * where `gradients` has the gradient of a parameter, it has for a running statistic that of the batch,
 * weighted with the batch's share of the `denominator`. {@link BatchNormAdam} takes both.
 *
 * Images are in [0, 1], as published, though a tanh also reaches below 0. Parameters are in the engine's
 * layout; fresh ones as PyTorch's default.
 */
export function vanillaVae(config: VanillaVaeConfig): Omit<Vae, "config"> {
  const { latent, side, depth } = config;
  const { encode, decode, parameters } = network(config);
  const pixels = side * side * depth;

  /** Both terms summed over the batch, scalars. */
  const terms = (pass: Pass, batch: ImageBatch) => {
    const [images, noise] = [{ value: turn(batch.images) }, { value: batch.noise }];
    const code = encode(pass, images);
    const image = decode(pass, pass.graph.apply(draw, code, noise));
    return {
      reconstruction: pass.graph.apply(squaredErrorOfTanh, image, images),
      kl: pass.graph.apply(divergence, code),
    };
  };
  const mean = ({ reconstruction, kl }: ReturnType<typeof terms>, n: number): Loss => ({
    reconstruction: number(reconstruction) / (n * pixels),
    kl: number(kl) / n,
  });

  const trained = Object.entries(parameters).filter(([name]) => !isRunningStatistic(name));
  return {
    ...parameterInfo(parameters),
    parameterCount: parameterInfo(Object.fromEntries(trained)).parameterCount,
    gradients(
      values,
      batch,
      { klWeight = KL_WEIGHT, denominator: n = batch.images.shape[0]! } = {},
    ) {
      const { tf } = engine();
      const tape = new Tape();
      const nodes = leaves(tape, values);
      const observed: Record<string, Tensor> = {};
      const share = batch.images.shape[0]! / n;
      const observe = (name: string, { mean, variance }: ChannelStatistics) => {
        observed[`${name}.running_mean`] = mean.mul(share);
        observed[`${name}.running_var`] = variance.mul(share);
      };
      const { reconstruction, kl } = terms(
        { graph: tape, parameter: (name) => nodes[name], observe },
        batch,
      );
      const loss = mean({ reconstruction, kl }, n);
      tape.backward(
        { node: reconstruction, gradient: tf.scalar(1 / (n * pixels)) },
        { node: kl, gradient: tf.scalar(klWeight / n) },
      );
      const gradients = Object.fromEntries(
        Object.entries(nodes).map(([name, node]) => [
          name,
          isRunningStatistic(name) ? observed[name] : tape.gradient(node)!,
        ]),
      );
      return { loss, gradients };
    },
    loss(values, batch) {
      return tidy(() => mean(terms(inference(values), batch), batch.images.shape[0]!));
    },
    encode(values, images) {
      return tidy(() => {
        const code = encode(inference(values), { value: turn(images) }).value;
        const [mean, logVariance] = split(code, [latent, latent], 1);
        return { mean, logVariance };
      });
    },
    decode(values, latents) {
      return tidy(() => turn(tanh(decode(inference(values), { value: latents }).value)));
    },
  };
}

const inference = (values: Values): Pass => ({ graph: noGrad, parameter: constants(values) });

/** Images turned by 180°. */
const turn = (images: Tensor): Tensor => images.reverse([1, 2]);

const number = ({ value }: Node): number => value.dataSync()[0];
