import { Adam } from "../../engine/adam";
import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { Team } from "../../engine/team/team";
import { UserError } from "../../errors";
import type { FitContext } from "../../loop/task";
import { toTorch } from "../../models/vae/layout";
import { type Loss, vae } from "../../models/vae/vae";
import type { View } from "../../pool/view";
import { prefixed, unprefixed, type Weights } from "../../store/weights";
import { type ImagesConfig, vaeShape } from "./config";
import { imagesPart, partsOf } from "./part";

/** Steps between two training records, and between chances of a checkpoint. */
const WINDOW = 50;

/**
 * Trains a fresh autoencoder on the view for `epochs` passes. Batches follow a new permutation
 * every epoch; its last items that fill no batch are left out that time. Order and noise come from
 * the step's number alone, so a resumed fit ends with the same bits.
 */
export async function fit(config: ImagesConfig, view: View, context: FitContext): Promise<Weights> {
  if (view.length === 0)
    throw new UserError("There is nothing to train on: the training set is empty.");
  const { tf } = engine();
  const shape = vaeShape(config);
  const model = vae(shape);
  const batch = Math.min(config.batch, view.length);
  const perEpoch = Math.floor(view.length / batch);
  const steps = perEpoch * config.epochs;
  const order = context.streams.get("batch-order");
  const noise = context.streams.get("latent-noise");

  const { resume } = context;
  const parameters = new Parameters(
    resume ? unprefixed(PREFIX, resume.state) : model.initial(context.streams.get("init")),
  );
  const adam = new Adam(parameters, {}, resume);
  const shares = config.shares ?? 1;
  const team = new Team(imagesPart, config, parameters, shares, context.threads ?? 1);
  try {
    let permutation: Uint32Array | undefined;
    let sums: Loss = { reconstruction: 0, kl: 0 };
    for (let step = resume?.step ?? 0; step < steps; step++) {
      const epoch = Math.floor(step / perEpoch);
      const within = step % perEpoch;
      if (!permutation || within === 0) permutation = order.at(epoch).permutation(view.length);
      const items = permutation.subarray(within * batch, (within + 1) * batch);
      const pixels = view.gather(items).columns.pixels.data as Uint8Array;

      const { sums: measured, gradients } = team.step(
        partsOf(pixels, batch, shares, noise.at(step)),
      );
      const loss: Loss = { reconstruction: measured[0], kl: measured[1] };
      if (!Number.isFinite(loss.reconstruction + loss.kl)) {
        tf.dispose(gradients);
        throw diverged(loss, step, config);
      }
      adam.apply(gradients, rateAt(step, steps, config));
      tf.dispose(gradients);

      sums = { reconstruction: sums.reconstruction + loss.reconstruction, kl: sums.kl + loss.kl };
      const done = step + 1;
      if (done % WINDOW === 0) {
        const reconstruction = sums.reconstruction / WINDOW;
        const kl = sums.kl / WINDOW;
        sums = { reconstruction: 0, kl: 0 };
        context.record({
          step: done,
          epoch: done / perEpoch,
          loss: reconstruction + kl,
          reconstruction,
          kl,
        });
        if (context.checkpointDue())
          await context.checkpoint({
            step: done,
            state: { ...prefixed(PREFIX, parameters.save()), ...adam.state() },
          });
      }
      await context.progress(done, steps, { loss: loss.reconstruction + loss.kl });
    }
    return toTorch(shape, parameters.save());
  } finally {
    team.dispose();
    adam.dispose();
    parameters.dispose();
  }
}

function rateAt(step: number, steps: number, { learningRate, schedule }: ImagesConfig): number {
  return schedule === "linear" ? learningRate * (1 - step / steps) : learningRate;
}

function diverged(
  { reconstruction, kl }: Loss,
  step: number,
  { learningRate }: ImagesConfig,
): UserError {
  return new UserError(
    `The training loss is no longer finite at step ${step + 1} (reconstruction ${reconstruction}, KL ${kl}): ` +
      `training diverged. Try a learningRate below ${learningRate}, or a larger batch.`,
  );
}

const PREFIX = "parameter/";
