import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openSource } from "../../lib/data/openSource";
import { languageTask } from "../../lib/experiments/language/task";
import { moleculesTask } from "../../lib/experiments/molecules/task";
import { openSession } from "../../lib/experiments/openSession";
import { chain } from "../../lib/loop/chain";
import { reported } from "../../lib/loop/dataProgress";
import { inProcess } from "../../lib/loop/inProcess";
import { replace } from "../../lib/pool/regimes";
import { Streams } from "../../lib/random/streams";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

type Step = [step: string, done: number, total: number];

/** Loads a task's data alone. @returns the steps that were reported */
async function stepsOf(
  load: (context: Parameters<typeof languageTask.loadReal>[1]) => Promise<unknown>,
) {
  const steps: Step[] = [];
  await load({
    streams: Streams.ofSeed(0),
    signal: new AbortController().signal,
    onStep: (...step) => void steps.push(step),
  });
  return steps;
}

test("a file reports the bytes that were read on disk, packed or not, each time it is read if asked", async () => {
  for (const name of ["a.txt", "a.txt.gz"]) {
    const mirror = memoryFolder();
    // Noise, which gzip cannot make much smaller.
    const text = Array.from({ length: 400_000 }, (_, i) => Math.sin(i)).join(" ");
    fs.writeFileSync(path.join(mirror, name), name.endsWith("gz") ? gzipSync(text) : text);
    const read: Step[] = [];
    const onRead = (...step: Step) => void read.push(step);
    const source = { set: "own", file: "a.txt", addresses: [] };
    const open = await openSource(source, { mirrors: [mirror], cache: mirror, onRead });
    const { size } = fs.statSync(open.path);
    const again: Step[] = [];
    for await (const _ of open.chunks((done, total) => void again.push([name, done, total])));
    for await (const _ of open.chunks());
    for (const steps of [read, again]) {
      assert.ok(steps.length >= 3);
      assert.deepEqual(steps[steps.length - 1], [name, size, size]);
      assert.ok(steps.every(([, done], i) => i === 0 || done >= steps[i - 1][1]));
    }
  }
});

test("stories count words while the tokenizer is trained; built molecules are counted one by one", async () => {
  const stories = languageTask.config.parse({
    data: { dataset: "grammar", trainItems: 1200, testItems: 5, vocabulary: 300 },
    model: { family: "gpt2", width: 8, layers: 1, heads: 1, hidden: 8, context: 16 },
    training: { epochs: 1 },
  });
  assert.deepEqual(await stepsOf((context) => languageTask.loadReal(stories, context)), [
    ["counting words", 500, 1200],
    ["counting words", 1000, 1200],
    ["counting words", 1200, 1200],
  ]);
  const data = { dataset: "offline", trainMolecules: 2, testMolecules: 1, maxAtoms: 20 };
  const counts = { conformersPerMolecule: 1, testConformers: 1 };
  const config = { data: { ...data, ...counts } } as never;
  assert.deepEqual(await stepsOf((context) => moleculesTask.loadReal(config, context)), [
    ["reading offline molecules", 1, 3],
    ["reading offline molecules", 2, 3],
    ["reading offline molecules", 3, 3],
  ]);
});

test("a session shows the steps in the bar of the run, and none of them when the data are stored", async () => {
  const store = RunStore.open(memoryFolder());
  const task: typeof walkTask = {
    ...walkTask,
    async loadReal(config, context) {
      const real = await walkTask.loadReal(config, context);
      const train = reported(real.train, "counting", 1, context.onStep);
      return { ...real, train, items: 100 };
    },
  };
  const shown: string[] = [];
  const session = openSession({
    ...{ store, executor: inProcess(), signal: new AbortController().signal },
    sink: {
      update: (name, done, total, _, step) => void shown.push(`${name} ${step} ${done}/${total}`),
      finish: (name) => void shown.push(`${name} finished`),
      line: () => {},
      close: () => {},
    },
  });
  const config = task.config.parse({ steps: 1 });
  const one = chain({ task, config, regime: replace, seed: 0, iterations: 1 });
  await session.chains("Walk", [one]);
  assert.deepEqual(
    shown.filter((line) => !line.includes("undefined")),
    [
      "Walk writing items 50/100",
      "Walk counting 1/1",
      "Walk writing items 100/100",
      "Walk finished",
    ],
  );
  shown.length = 0;
  await session.chains("Walk", [one]);
  assert.deepEqual(shown, ["Walk finished"]);
});
