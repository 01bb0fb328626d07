import { attribute, FLOAT, runMany, TYPE } from "../kernel";
import { engine, type Tensor } from "../load";
import type { Operation } from "../operation";
import { tidy } from "../tidy";
import { type Activation, activate, activationGradient, keptOutput } from "./activation";

/** Mean and variance of each channel, [c]. */
export interface ChannelStatistics {
  readonly mean: Tensor;
  /** Divided by one less than the number of values, as PyTorch's running variance. */
  readonly variance: Tensor;
}

export interface BatchNormOptions {
  readonly activation?: Activation;
}

/** Added to the variances, as PyTorch's default. */
const EPSILON = 1e-5;

const attributes = (training: boolean) => [
  ...FLOAT,
  attribute.type("U", TYPE.float32),
  attribute.float("epsilon", EPSILON),
  attribute.string("data_format", "NHWC"),
  attribute.bool("is_training", training),
];
const FACTOR = attribute.float("exponential_avg_factor", 1);
const TRAINING = [...attributes(true), FACTOR];
const INFERENCE = [...attributes(false), FACTOR];
const GRADIENT = attributes(true);

/**
 * Batch normalisation as in training (Ioffe & Szegedy 2015): act(normalised x · gain + bias), inputs
 * (x [n, h, w, c], gain [c], bias [c]); each channel is normalised over the batch and its positions.
 * Keeps the statistics and, with an activation, y.
 * @param observe is handed the batch's statistics, which become its own
 */
export function batchNorm(
  observe: (statistics: ChannelStatistics) => void,
  { activation = "none" }: BatchNormOptions = {},
): Operation {
  return {
    forward(x, gain, bias) {
      const [output, mean, variance, ...reserved] = tidy(() => {
        const none = engine().tf.zeros([0]);
        const [y, ...rest] = runMany("FusedBatchNormV3", 6, TRAINING, x, gain, bias, none, none);
        return [activate(y, activation), ...rest];
      });
      observe({ mean, variance });
      return { output, kept: [...reserved, ...keptOutput(output, activation)] };
    },
    backward(dOutput, [x, gain], [first, second, third, y]) {
      return tidy(() => {
        const d = activationGradient(dOutput, y, activation);
        return runMany("FusedBatchNormGradV3", 5, GRADIENT, d, x, gain, first, second, third).slice(
          0,
          3,
        );
      });
    },
  };
}

/**
 * Batch normalisation as in evaluation: act((x − mean)/√(variance + ε) · gain + bias), inputs (x, gain,
 * bias, mean, variance). Only for inference.
 */
export function batchNormInference({ activation = "none" }: BatchNormOptions = {}): Operation {
  return {
    forward(...inputs) {
      const output = tidy(() =>
        activate(runMany("FusedBatchNormV3", 6, INFERENCE, ...inputs)[0], activation),
      );
      return { output, kept: [] };
    },
    backward() {
      throw new Error("Running statistics are for inference; training uses those of the batch.");
    },
  };
}
