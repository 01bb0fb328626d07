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
  /** Added to the variances. Default: 1e-5. */
  readonly epsilon?: number;
  readonly activation?: Activation;
}

const attributes = (epsilon: number, training: boolean) => [
  ...FLOAT,
  attribute.type("U", TYPE.float32),
  attribute.float("epsilon", epsilon),
  attribute.string("data_format", "NHWC"),
  attribute.bool("is_training", training),
];

/**
 * Batch normalisation as in training (Ioffe & Szegedy 2015): act(normalised x · gain + bias), inputs
 * (x [n, h, w, c], gain [c], bias [c]); each channel is normalised over the batch and its positions.
 * Keeps the statistics and, with an activation, y.
 * @param observe is handed the batch's statistics, which become its own
 */
export function batchNorm(
  observe: (statistics: ChannelStatistics) => void,
  { epsilon = 1e-5, activation = "none" }: BatchNormOptions = {},
): Operation {
  const forwardAttributes = [
    ...attributes(epsilon, true),
    attribute.float("exponential_avg_factor", 1),
  ];
  const backwardAttributes = attributes(epsilon, true);
  return {
    forward(x, gain, bias) {
      const [output, mean, variance, ...reserved] = tidy(() => {
        const none = engine().tf.zeros([0]);
        const [y, ...rest] = runMany(
          "FusedBatchNormV3",
          6,
          forwardAttributes,
          x,
          gain,
          bias,
          none,
          none,
        );
        return [activate(y, activation), ...rest];
      });
      observe({ mean, variance });
      return { output, kept: [...reserved, ...keptOutput(output, activation)] };
    },
    backward(dOutput, [x, gain], [first, second, third, y]) {
      return tidy(() => {
        const d = activationGradient(dOutput, y, activation);
        return runMany(
          "FusedBatchNormGradV3",
          5,
          backwardAttributes,
          d,
          x,
          gain,
          first,
          second,
          third,
        ).slice(0, 3);
      });
    },
  };
}

/**
 * Batch normalisation as in evaluation: act((x − mean)/√(variance + ε) · gain + bias), inputs (x, gain,
 * bias, mean, variance). Only for inference.
 */
export function batchNormInference({
  epsilon = 1e-5,
  activation = "none",
}: BatchNormOptions = {}): Operation {
  const given = [...attributes(epsilon, false), attribute.float("exponential_avg_factor", 1)];
  return {
    forward(...inputs) {
      const output = tidy(() =>
        activate(runMany("FusedBatchNormV3", 6, given, ...inputs)[0], activation),
      );
      return { output, kept: [] };
    },
    backward() {
      throw new Error("Running statistics are for inference; training uses those of the batch.");
    },
  };
}
