import { join } from "node:path";
import { modelConfig } from "../lib/experiments/language/config";
import { PRESETS_OF_LANGUAGE } from "../lib/experiments/language/presets";
import { CHILD_FLAGS, childEnvironment } from "../lib/loop/childProcess";
import type { LanguageModelConfig } from "../lib/models/language/config";
import { endingWeights, writeWeights } from "./language-data";
import type { MemoryAnswer, MemoryQuestion } from "./language-memory-worker";
import { mebibytes, Worker } from "./worker";

const STEPS = { short: 300, long: 10_000 };
const STORIES = { short: 2000, long: 10_000 };
/** Average length of the stories that are sampled. */
const LENGTH = 200;
/** Tensors that a process may come to keep: masks of some lengths, constants. */
const FEW = 200;
const MOST = 1024 * 2 ** 20;

/** Trained for many steps. */
const TINY: LanguageModelConfig = {
  family: "gpt2",
  vocabulary: 1000,
  width: 64,
  layers: 2,
  heads: 4,
  hidden: 256,
  context: 512,
};
/** Sampled from: the laptop preset's. */
const SMALL: LanguageModelConfig = modelConfig(PRESETS_OF_LANGUAGE.laptop.task);

/** Whether memory grows with the steps of training or the stories sampled, each in a process of its own. */
export async function memory(folder: string, long: boolean): Promise<void> {
  const size = long ? "long" : "short";
  const steps = STEPS[size];
  const trained = await inProcess({ model: TINY, train: steps });
  const [early, late] = [trained.resident[0], trained.resident.at(-1)!].map(mebibytes);
  console.log(
    `\n${steps} steps of stories of 1 to ${TINY.context} tokens: ${early.toFixed(0)} MiB resident after a tenth, ${late.toFixed(0)} MiB at the end, peak ${mebibytes(trained.peak).toFixed(0)} MiB; ${trained.tensors} tensors more than after a tenth`,
  );

  const count = STORIES[size];
  const weights = writeWeights(join(folder, "small"), SMALL, endingWeights(SMALL, LENGTH));
  const sampled = await inProcess({ model: SMALL, sample: count, weights });
  const [first, last] = [sampled.resident[0], sampled.resident.at(-1)!].map(mebibytes);
  console.log(
    `${count} stories sampled (${sampled.tokens} tokens in ${sampled.seconds.toFixed(0)} s): ${first.toFixed(0)} MiB resident after the first, ${last.toFixed(0)} MiB at the end, peak ${mebibytes(sampled.peak).toFixed(0)} MiB, ${sampled.peak <= MOST ? "within" : "ABOVE"} 1 GiB`,
  );
  console.log(
    JSON.stringify({
      bench: "language-memory",
      steps,
      residentMiB: trained.resident.map(mebibytes),
      tensors: trained.tensors,
      stories: count,
      samplingPeakMiB: mebibytes(sampled.peak),
    }),
  );
  if (trained.tensors > FEW || sampled.tensors > FEW || sampled.peak > MOST) process.exitCode = 1;
}

async function inProcess(question: MemoryQuestion): Promise<MemoryAnswer> {
  const worker = new Worker<MemoryAnswer>(
    "The process whose memory is measured",
    true,
    [process.execPath, ...CHILD_FLAGS, join(__dirname, "language-memory-worker.ts")],
    {},
    childEnvironment(2),
  );
  try {
    return await worker.ask(question);
  } finally {
    await worker.close();
  }
}
