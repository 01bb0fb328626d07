import type { Gradients } from "../engine/gradients";
import { engine } from "../engine/load";
import { globalNorm } from "../engine/norm";
import { DataParallel } from "../engine/parallel/dataParallel";
import { Parameters } from "../engine/parameters";
import { UserError } from "../errors";
import { addPrefix, stripPrefix, type Weights } from "../store/weights";
import { Batches } from "./batches";
import { clipByGlobalNorm } from "./clip";
import type { TrainingContext } from "./context";
import { divergenceError } from "./diverged";
import { LearningRate } from "./schedule";
import type { TrainingSpec } from "./spec";
import { stepsOf } from "./steps";
import { Throughput } from "./throughput";
import { WindowMeans } from "./windowMeans";

/** Before the names of parameters in a checkpoint. */
const PARAMETER = "parameter/";

/**
 * Trains a fresh model, or continues from `context.resume`: batches from a new permutation every
 * epoch, gradients over micro-batches, clipping by global norm, one update per step. All randomness
 * comes from streams and the step number, so a resumed fit ends with the same bits.
 *
 * Records, every `recordEvery` steps, means over them: `step`, `epoch`, `loss`, its terms,
 * `gradientNorm` before clipping, and the `learningRate` of the last step; and `step`, `epoch` and
 * what `learningCurve` measures.
 * @returns the trained parameters
 * @throws UserError when there is nothing to train on, or when the loss or the gradient is no
 *   longer finite; whatever `context.progress` throws to stop
 */
export async function train<C, B>(
  spec: TrainingSpec<C, B>,
  context: TrainingContext,
): Promise<Weights> {
  const {
    items,
    training,
    terms = [],
    learningCurve,
    recordEvery,
    isStatistic = () => false,
  } = spec;
  if (items === 0) throw new UserError("There is nothing to train on: the training set is empty.");
  const { tf } = engine();
  const { resume, streams, threads = 1 } = context;
  const { microBatches = 1, clipNorm = Number.POSITIVE_INFINITY } = training;
  const batches = new Batches(items, training.batchSize, streams.get("batch-order"));
  const steps = stepsOf({ ...training, batchSize: batches.size }, items);
  const length = { steps, stepsPerEpoch: batches.perEpoch };
  const rate = new LearningRate(training.learningRate, training.schedule, length, resume?.state);
  const window = new WindowMeans(terms);
  const throughput = new Throughput();
  const parameters = new Parameters(
    resume ? stripPrefix(PARAMETER, resume.state) : spec.initial(streams.get("init")),
  );
  const optimiser = spec.optimiser(parameters, resume);
  const dataParallel = new DataParallel(
    spec.gradients,
    spec.model,
    parameters,
    microBatches,
    threads,
  );
  try {
    for (let step = resume?.step ?? 0; step < steps; step++) {
      const learningRate = rate.at(step);
      const loss = update(step, learningRate);
      rate.observe(step, loss);
      const done = step + 1;
      const recorded = done % recordEvery === 0;
      if (recorded) record(done, { ...window.read(), learningRate });
      if (isPoint(done)) record(done, await measure());
      if (recorded && context.checkpointDue())
        await context.checkpoint({ step: done, state: state() });
      await context.progress(done, steps, { loss, ...throughput.read(`${spec.unit}/s`) });
    }
    return parameters.save();
  } finally {
    dataParallel.dispose();
    optimiser.dispose();
    parameters.dispose();
  }

  /** @returns the loss before the update */
  function update(step: number, learningRate: number): number {
    const batch = spec.batch(batches.at(step), step);
    const count = spec.count(batch);
    let { losses, gradients } = dataParallel.step(batch);
    try {
      const loss = losses.reduce((a, b) => a + b);
      const statistics = select(gradients, isStatistic);
      const own = select(gradients, (name) => !isStatistic(name));
      const norm = globalNorm(Object.values(own));
      if (!Number.isFinite(loss) || !Number.isFinite(norm))
        throw divergenceError(step, losses, norm, terms, training);
      gradients = { ...clipByGlobalNorm(own, norm, clipNorm), ...statistics };
      optimiser.apply(gradients, learningRate);
      window.add(losses, norm, count);
      throughput.add(count);
      return loss;
    } finally {
      tf.dispose(gradients);
    }
  }

  function record(done: number, values: Record<string, number>): void {
    context.record({ step: done, epoch: done / batches.perEpoch, ...values });
  }

  /** Whether the learning curve has a point after `done` steps. */
  function isPoint(done: number): boolean {
    if (!learningCurve?.perEpoch) return false;
    const points = (step: number) => Math.floor((step * learningCurve.perEpoch) / batches.perEpoch);
    return points(done) > points(done - 1) || done === steps;
  }

  async function measure(): Promise<Record<string, number>> {
    const values = parameters.read();
    try {
      return await learningCurve!.measure(values);
    } finally {
      tf.dispose(values);
    }
  }

  function state(): Weights {
    return {
      ...addPrefix(PARAMETER, parameters.save()),
      ...optimiser.state(),
      ...rate.state(),
      ...spec.state?.(),
    };
  }
}

const select = (gradients: Gradients, isWanted: (name: string) => boolean): Gradients =>
  Object.fromEntries(Object.entries(gradients).filter(([name]) => isWanted(name)));
