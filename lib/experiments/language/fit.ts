import { Adam } from "../../engine/adam";
import { scale } from "../../engine/elementwise";
import { engine, type Tensor } from "../../engine/load";
import { globalNorm } from "../../engine/norm";
import { Parameters } from "../../engine/parameters";
import { Team } from "../../engine/team/team";
import { UserError } from "../../errors";
import type { FitContext } from "../../loop/task";
import { languageModel } from "../../models/language/index";
import { END_OF_TEXT } from "../../models/language/packed";
import type { View } from "../../pool/view";
import { prefixed, unprefixed, type Weights } from "../../store/weights";
import { epochsAt, type LanguageConfig, modelConfig, type TrainingConfig } from "./config";
import { storyLosses } from "./evaluate";
import { FIRST_TOKENS } from "./firstTokens";
import { languagePart, partsOf } from "./part";
import { storiesIn } from "./stories";

/** Steps between two training records, and between chances of a checkpoint. */
const WINDOW = 20;

/**
 * Trains a fresh model on the view: one story an example, batches of whole stories without padding,
 * AdamW with a rate that falls linearly to 0. Order and start come from streams and the step's
 * number alone, so a resumed fit ends with the same bits.
 *
 * Records: every {@link WINDOW} steps `step`, `epoch`, `loss` (nats a token), `gradientNorm` before
 * clipping, `tokensPerSecond`, `memoryMiB`; and `step`, `epoch`, `testLoss` at the points of the
 * learning curve.
 */
export async function fit(
  config: LanguageConfig,
  view: View,
  context: FitContext,
): Promise<Weights> {
  const { tf } = engine({ precision: config.matmul });
  const { training } = config;
  const shape = modelConfig(config);
  const model = languageModel(shape);
  const plan = schedule(training, view.length, epochsAt(config, context.generation));
  const order = context.streams.get("batch-order");
  const { resume } = context;
  const parameters = new Parameters(
    resume ? unprefixed(PARAMETER, resume.state) : model.initial(context.streams.get("init")),
  );
  const adam = new Adam(parameters, training, resume);
  const firsts = new FirstTokens(shape.vocabulary, resume?.state);
  const meter = new Meter();
  const shares = training.shares ?? 1;
  const team = new Team(languagePart, shape, parameters, shares, context.threads ?? 1);
  try {
    let permutation: Uint32Array | undefined;
    for (let step = resume?.step ?? 0; step < plan.steps; step++) {
      const within = step % plan.perEpoch;
      if (!permutation || within === 0)
        permutation = order.at(Math.floor(step / plan.perEpoch)).permutation(view.length);
      const items = permutation.subarray(within * plan.batch, (within + 1) * plan.batch);
      const stories = storiesIn(view.gather(items));
      const parts = partsOf(stories, shares, shape);
      firsts.count(stories);

      const { sums, gradients } = team.step(parts);
      const [loss] = sums;
      const norm = globalNorm(Object.values(gradients));
      if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
        tf.dispose(gradients);
        throw diverged(loss, norm, step, training);
      }
      const clipped = norm > training.clip ? shrunk(gradients, training.clip / norm) : gradients;
      adam.apply(clipped, plan.rate(step));
      tf.dispose(clipped);

      const done = step + 1;
      meter.add(loss, norm, parts[0].tokens);
      if (done % WINDOW === 0) context.record({ ...plan.at(done), ...meter.read() });
      if (context.test && plan.evaluates(done)) {
        const testLoss = await lossOf(context.test);
        context.record({ ...plan.at(done), testLoss });
        meter.restart();
      }
      if (done % WINDOW === 0 && context.checkpointDue())
        await context.checkpoint({
          step: done,
          state: { ...prefixed(PARAMETER, parameters.save()), ...adam.state(), ...firsts.state() },
        });
      await context.progress(done, plan.steps, { loss });
    }
    return { ...parameters.save(), ...firsts.state() };
  } finally {
    team.dispose();
    adam.dispose();
    parameters.dispose();
  }

  async function lossOf(test: NonNullable<FitContext["test"]>): Promise<number> {
    const { evaluationStories } = training;
    const count = evaluationStories === "all" ? test.length : evaluationStories;
    const values = parameters.read();
    const { nats, tokens } = await storyLosses(model, values, test, Math.min(count, test.length));
    tf.dispose(values);
    return total(nats) / total(tokens);
  }
}

/** How many steps there are and what happens at which. */
function schedule(training: TrainingConfig, items: number, epochs: number) {
  const batch = Math.min(training.batch, items);
  // Stories that fill no batch are left out of that epoch.
  const perEpoch = Math.floor(items / batch);
  const steps = Math.max(1, Math.round(perEpoch * epochs));
  const decay = training.decaySteps ?? steps;
  const passed = (step: number) => Math.floor((step * training.evaluations) / perEpoch);
  return {
    batch,
    perEpoch,
    steps,
    rate: (step: number) => training.learningRate * Math.max(0, 1 - step / decay),
    at: (step: number) => ({ step, epoch: step / perEpoch }),
    evaluates: (step: number) =>
      training.evaluations > 0 && (passed(step) > passed(step - 1) || step === steps),
  };
}

function shrunk(gradients: Record<string, Tensor>, factor: number): Record<string, Tensor> {
  const { tf } = engine();
  const result = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, scale(gradient, factor)]),
  );
  tf.dispose(gradients);
  return result;
}

function diverged(
  loss: number,
  norm: number,
  step: number,
  { learningRate }: TrainingConfig,
): UserError {
  return new UserError(
    `Training diverged at step ${step + 1}: the loss is ${loss} and the gradient's norm ${norm}. ` +
      `Try a learningRate below ${learningRate}, or a larger batch.`,
  );
}

/** How often each token began a story of the training set, for the sampler's "first-token". */
class FirstTokens {
  readonly #counts: Float32Array;

  constructor(vocabulary: number, resume?: Weights) {
    const saved = resume?.[FIRST_TOKENS]?.data;
    this.#counts = saved ? Float32Array.from(saved) : new Float32Array(vocabulary);
  }

  count(stories: readonly Uint16Array[]): void {
    // A story that ended at once says nothing about how stories begin.
    for (const [first] of stories) if (first !== END_OF_TEXT) this.#counts[first]++;
  }

  state(): Weights {
    return { [FIRST_TOKENS]: { shape: [this.#counts.length], data: this.#counts.slice() } };
  }
}

/** Means over the steps since the last record. */
class Meter {
  #loss = 0;
  #norm = 0;
  #tokens = 0;
  #steps = 0;
  #since = performance.now();

  add(loss: number, norm: number, tokens: number): void {
    this.#loss += loss * tokens;
    this.#norm += norm;
    this.#tokens += tokens;
    this.#steps++;
  }

  read(): Record<string, number> {
    const seconds = (performance.now() - this.#since) / 1000;
    const means = {
      loss: this.#loss / this.#tokens,
      gradientNorm: this.#norm / this.#steps,
      tokensPerSecond: this.#tokens / seconds,
      memoryMiB: process.memoryUsage().rss / 2 ** 20,
    };
    this.restart();
    return means;
  }

  restart(): void {
    [this.#loss, this.#norm, this.#tokens, this.#steps] = [0, 0, 0, 0];
    this.#since = performance.now();
  }
}

const total = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((a, b) => a + b, 0);

const PARAMETER = "parameter/";
