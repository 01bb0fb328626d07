// GPT-2 9M against the same model in eager PyTorch, each side at its best of 1 and 2 threads and every
// configuration in a process of its own, which take turns: training steps, the stories workload,
// sampling; then whether our own memory grows.
//   PYTORCH=/path/to/python node --import tsx bench/language.ts [train] [stories] [sampling] [memory]
//     [--rounds 5] [--steps 6] [--long]
// PYTORCH names a Python with torch and NumPy (pip install torch==2.13.0 numpy).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Precision } from "../lib/engine/bfloat16";
import { suggestion, UserError } from "../lib/errors";
import { type LanguageModelConfig, PAPER_MODELS } from "../lib/models/language/config";
import { Streams } from "../lib/random/streams";
import { encodedStories, endingWeights, pieces, writeStories, writeWeights } from "./language-data";
import { memory } from "./language-memory";
import { stepFlops } from "./language-products";
import { type Contest, type Files, rival } from "./language-rivals";

const PARTS = ["train", "stories", "sampling", "memory"];
const MODEL: LanguageModelConfig = PAPER_MODELS["gpt2-9m"];
/** The paper's count, which both sides must have. */
const PARAMETERS = 8_890_880;
const SEQUENCES = 8;
const LENGTH = 256;
const STORIES = 32;
const SAMPLED = 64;
const NEW_TOKENS = 200;
/** Of stories that end by themselves, after 200 tokens on average as real ones do. */
const MOST_TOKENS = 500;

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      steps: { type: "string", default: "6" },
      long: { type: "boolean", default: false },
    },
  });
  for (const name of positionals)
    if (!PARTS.includes(name))
      throw new UserError(`There is no part "${name}".${suggestion(name, PARTS)}`);
  const whole = (name: "rounds" | "steps"): number => {
    const count = Number(values[name]);
    if (!(Number.isInteger(count) && count > 0))
      throw new UserError(`--${name} must be a whole number from 1 on, not ${values[name]}.`);
    return count;
  };
  return {
    parts: new Set(positionals.length > 0 ? positionals : PARTS),
    rounds: whole("rounds"),
    steps: whole("steps"),
    long: values.long,
  };
}

async function main(): Promise<void> {
  const { parts, rounds, steps, long } = options();
  const folder = mkdtempSync(join(tmpdir(), "bench-language-"));
  try {
    if (parts.size > (parts.has("memory") ? 1 : 0)) await rivals(folder, parts, rounds, steps);
    if (parts.has("memory")) await memory(folder, long);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rivals(
  folder: string,
  parts: ReadonlySet<string>,
  rounds: number,
  steps: number,
): Promise<void> {
  const streams = Streams.ofSeed(0);
  const contest: Contest = {
    rounds,
    parameters: PARAMETERS,
    config: {
      model: MODEL,
      weights: writeWeights(join(folder, "first"), MODEL),
      learningRate: 5e-4,
      weightDecay: 0.01,
      matmulSize: 2048,
    },
  };
  let files: { train: Files; stories: Files } | undefined;
  if (parts.has("train") || parts.has("stories")) {
    const { stories, description } = await encodedStories(MODEL.vocabulary, streams);
    console.log(description);
    files = {
      train: writeStories(join(folder, "train"), pieces(stories, LENGTH), streams),
      stories: writeStories(join(folder, "stories"), stories, streams),
    };
  }
  const both: Precision[] = ["float32", "bfloat16"];
  if (files && parts.has("train"))
    for (const precision of both)
      await rival(contest, {
        workload: "train",
        title: `training, batch ${SEQUENCES} × ${LENGTH}`,
        precision,
        question: steps,
        flops: stepFlops(MODEL, SEQUENCES, LENGTH) / (SEQUENCES * LENGTH),
        length: LENGTH,
        config: { ...files.train, batch: SEQUENCES },
      });
  if (files && parts.has("stories"))
    for (const precision of both)
      await rival(contest, {
        workload: "stories",
        title: `training, batches of ${STORIES} stories, real tokens alone`,
        precision,
        // A batch is some three times the tokens of the one above.
        question: Math.ceil(steps / 3),
        config: { ...files.stories, batch: STORIES },
      });
  if (parts.has("sampling")) {
    const sampling = {
      workload: "sampling",
      precision: "float32",
      // Sets of stories: threads that share them begin once for all.
      question: 2,
    } as const;
    await rival(contest, {
      ...sampling,
      title: `sampling ${SAMPLED} stories at once, ${NEW_TOKENS} tokens each`,
      // Fresh weights end a story every 8,000 tokens.
      tolerance: 0.1,
      config: { stories: SAMPLED, newTokens: NEW_TOKENS },
    });
    const weights = endingWeights(MODEL, NEW_TOKENS);
    await rival(contest, {
      ...sampling,
      title: `sampling ${SAMPLED} stories at once that end after ${NEW_TOKENS} tokens on average, at most ${MOST_TOKENS}`,
      tolerance: 0.6,
      config: {
        stories: SAMPLED,
        newTokens: MOST_TOKENS,
        weights: writeWeights(join(folder, "ending"), MODEL, weights),
      },
    });
  }
}

main().catch((error) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
