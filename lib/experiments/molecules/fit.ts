import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import { Team } from "../../engine/team/team";
import { UserError } from "../../errors";
import type { FitContext } from "../../loop/task";
import { molecularGraph } from "../../models/geodiff/graph";
import { geoDiff } from "../../models/geodiff/index";
import { joined } from "../../models/geodiff/joined";
import type { GeoDiffLoss } from "../../models/geodiff/model";
import { GeoDiffAdam } from "../../models/geodiff/optimiser";
import { antitheticLevels, noiseSchedule } from "../../models/geodiff/schedule";
import type { View } from "../../pool/view";
import { prefixed, unprefixed, type Weights } from "../../store/weights";
import { conditioningOf, saveConditioning } from "./conditioning";
import { type MoleculesConfig, stepsOf, type TrainingConfig } from "./config";
import { conformersIn } from "./conformers";
import { moleculesPart, partsOf } from "./part";
import { Rate } from "./rate";

/** Steps between two training records, and between chances of a checkpoint. */
const WINDOW = 20;

/**
 * Trains a fresh GeoDiff for a fixed number of optimiser steps, or for so many passes. Batches
 * follow a new permutation of the conformers every pass; its last items that fill no batch are left
 * out that time. Order, noise and noise levels come from the step's number alone, so a resumed fit
 * ends with the same bits.
 *
 * Records, every {@link WINDOW} steps, means over them: `step`, `loss` = `global` + `local` (of an
 * atom), `gradientNorm` before clipping, `rate`, `conformersPerSecond`.
 * @returns the parameters, and the molecules of the view for which conformers are to be drawn
 */
export async function fit(
  config: MoleculesConfig,
  view: View,
  context: FitContext,
): Promise<Weights> {
  const { tf } = engine();
  const { training } = config;
  const model = geoDiff(config.model);
  const schedule = noiseSchedule(config.schedule);
  const conditioning = conditioningOf(view);
  const graphs = new Map(
    conditioning.molecules.map(({ number, molecule }) => [number, molecularGraph(molecule)]),
  );
  const batch = Math.min(training.batch, view.length);
  const perPass = Math.floor(view.length / batch);
  const steps = stepsOf({ ...training, batch }, view.length);
  const [order, levels, noises] = ["batch-order", "noise-levels", "noise"].map((purpose) =>
    context.streams.get(purpose),
  );

  const { resume } = context;
  const parameters = new Parameters(
    resume ? unprefixed(PREFIX, resume.state) : model.initial(context.streams.get("init")),
  );
  const adam = new GeoDiffAdam(parameters, { clip: training.clip }, resume);
  const shares = training.shares ?? 1;
  const team = new Team(moleculesPart, config.model, parameters, shares, context.threads ?? 1);
  const rate = new Rate(training, steps, resume?.state);
  const meter = new Meter();
  try {
    let permutation: Uint32Array | undefined;
    for (let step = resume?.step ?? 0; step < steps; step++) {
      const within = step % perPass;
      if (!permutation || within === 0)
        permutation = order.at(Math.floor(step / perPass)).permutation(view.length);
      const items = permutation.subarray(within * batch, (within + 1) * batch);
      const conformers = conformersIn(view.gather(items));
      const positions = joined(
        Float32Array,
        conformers.map((conformer) => conformer.positions),
      );
      const noise = noises.at(step).normals(new Float32Array(positions.length));
      const times = antitheticLevels(schedule.steps, batch, levels.at(step));
      const sigma = Float64Array.from(times, (t) => schedule.sigma[t]);

      const parts = partsOf(
        conformers.map(({ number }) => graphs.get(number)!),
        { positions, noise, sigma },
        shares,
      );
      const { sums, gradients } = team.step(parts);
      const loss: Loss = { global: sums[0], local: sums[1] };
      const now = rate.at(step);
      const norm = adam.apply(gradients, now);
      tf.dispose(gradients);
      requireFinite(loss, norm, step, training);
      rate.note(step, loss.global + loss.local);

      const done = step + 1;
      meter.add(loss, norm, batch);
      if (done % WINDOW === 0) {
        context.record({ step: done, ...meter.read(), rate: now });
        if (context.checkpointDue())
          await context.checkpoint({
            step: done,
            state: {
              ...prefixed(PREFIX, parameters.save()),
              ...adam.state(),
              ...rate.state(),
            },
          });
      }
      await context.progress(done, steps, { loss: loss.global + loss.local });
    }
    return { ...parameters.save(), ...saveConditioning(conditioning) };
  } finally {
    team.dispose();
    adam.dispose();
    parameters.dispose();
  }
}

function requireFinite(
  { global, local }: Loss,
  norm: number,
  step: number,
  { learningRate, clip }: TrainingConfig,
): void {
  if (Number.isFinite(global + local) && Number.isFinite(norm)) return;
  throw new UserError(
    `Training diverged at step ${step + 1}: the loss is ${global} (global) and ${local} (local), the gradient's norm ${norm}. ` +
      `Try a learningRate below ${learningRate}, or a clip below ${clip}.`,
  );
}

type Loss = Pick<GeoDiffLoss, "global" | "local">;

/** Means over the steps since the last record. */
class Meter {
  #sums = { global: 0, local: 0, norm: 0, steps: 0, conformers: 0 };
  #since = performance.now();

  add({ global, local }: Loss, norm: number, conformers: number): void {
    const sums = this.#sums;
    sums.global += global;
    sums.local += local;
    sums.norm += norm;
    sums.steps++;
    sums.conformers += conformers;
  }

  read(): Record<string, number> {
    const { global, local, norm, steps, conformers } = this.#sums;
    const seconds = (performance.now() - this.#since) / 1000;
    this.#sums = { global: 0, local: 0, norm: 0, steps: 0, conformers: 0 };
    this.#since = performance.now();
    return {
      loss: (global + local) / steps,
      global: global / steps,
      local: local / steps,
      gradientNorm: norm / steps,
      conformersPerSecond: conformers / seconds,
    };
  }
}

const PREFIX = "parameter/";
