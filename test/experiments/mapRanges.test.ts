import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../lib/engine/load";
import { alive } from "../../lib/engine/memory";
import { Cancelled } from "../../lib/errors";
import { mapRanges } from "../../lib/experiments/mapRanges";
import { standaloneContext } from "../../lib/loop/standaloneContext";
import type { Context } from "../../lib/loop/task";
import { Streams } from "../../lib/random/streams";
import { countingJob } from "../support/countingJob";

engine({ threads: 1 });

const WEIGHTS = { w: { shape: [], data: Float32Array.of(3) } };
const RANGES = Array.from({ length: 5 }, (_, k) => ({ from: 10 * k, count: k === 4 ? 2 : 10 }));
const TRIPLES = Array.from({ length: 42 }, (_, i) => 3 * i);

async function answers(given: Partial<Context>, config: { bad?: number } = {}) {
  const context = standaloneContext(Streams.ofSeed(0), given);
  const found: number[] = [];
  for await (const answer of mapRanges(
    { job: countingJob, config, weights: WEIGHTS, ranges: RANGES },
    context,
  ))
    found.push(...answer);
  return found;
}

for (const threads of [1, 2]) {
  test(`${threads} at once: answers in the order of the ranges; progress grows to the whole`, async () => {
    const before = alive();
    const done: number[] = [];
    const progress = async (n: number, total: number) => {
      assert.equal(total, 42);
      done.push(n);
    };
    assert.deepEqual(await answers({ threads, progress }), TRIPLES);
    assert.equal(done.at(-1), 42);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
    assert.deepEqual(alive(), before);
  });

  test(`${threads} at once: what a range throws is thrown, as it was`, async () => {
    await assert.rejects(answers({ threads }, { bad: 25 }), {
      name: "UserError",
      message: "Not 25.",
    });
  });

  test(`${threads} at once: they stop by the signal and by the progress, though no range tells of itself`, async () => {
    const controller = new AbortController();
    const stopped = answers({ threads, signal: controller.signal });
    controller.abort();
    await assert.rejects(stopped, Cancelled);
    const progress = async () => {
      throw new Cancelled();
    };
    await assert.rejects(answers({ threads, progress }), Cancelled);
  });
}
