import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { Parameters } from "../../../lib/engine/parameters";
import { conditioningOf, saveConditioning } from "../../../lib/experiments/molecules/conditioning";
import type { MoleculesConfig } from "../../../lib/experiments/molecules/config";
import { conformersIn, type PoolConformer } from "../../../lib/experiments/molecules/conformers";
import { sample } from "../../../lib/experiments/molecules/sample";
import {
  divergedDraws,
  sampleWithRetries,
} from "../../../lib/experiments/molecules/sampleWithRetries";
import { standaloneContext } from "../../../lib/loop/standaloneContext";
import { molecularGraph } from "../../../lib/models/geodiff/graph";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import type { Weights } from "../../../lib/store/weights";
import { config, ITEMS, model, viewOfItems } from "./support";

engine({ threads: 1 });

/** A schedule whose noise stays small, so that a model that has learnt nothing does not diverge. */
const CALM = config({ model: model({ steps: 20, betaStart: 1e-7, betaEnd: 1e-4 }) });
const SAMPLING = { noiseSchedule: CALM.model.noiseSchedule, sampling: CALM.sampling };
const WEIGHTS: Weights = {
  ...geoDiff(CALM.model).initial(new Stream(["init"])),
  ...saveConditioning(conditioningOf(viewOfItems(ITEMS))),
};

async function sampled(
  count: number,
  task: MoleculesConfig = CALM,
  seed = 0,
  weights: Weights = WEIGHTS,
  threads = 1,
) {
  const items: PoolConformer[] = [];
  const done: number[] = [];
  const context = standaloneContext(Streams.ofSeed(seed).generation(1), {
    threads,
    progress: async (n) => void done.push(n),
  });
  for await (const batch of sample(task, weights, count, context))
    items.push(...conformersIn(batch));
  return { items, done };
}

test("Sampling gives as many conformers of each molecule as were trained on, complete and centred", async () => {
  const { items, done } = await sampled(6);
  const numbers = items.map(({ number }) => number).sort();
  assert.deepEqual(numbers, [0, 0, 4, 4, 4, 9]);
  assert.deepEqual(done, [6]);
  for (const { number, molecule, positions, draws } of items) {
    const real = ITEMS.find((item) => item.number === number)!;
    assert.deepEqual(molecule, real.molecule);
    assert.equal(positions.length, real.positions.length);
    assert.equal(draws, 1);
    for (const axis of [0, 1, 2]) {
      const sum = positions.reduce((a, x, k) => a + (k % 3 === axis ? x : 0), 0);
      assert.ok(Math.abs(sum) < 1e-4);
    }
  }
});

test("Conformer i follows from the seed and i: of 70, the first 3 are those of 3; another seed differs", async () => {
  const few = (await sampled(3)).items;
  const many = await sampled(70);
  assert.deepEqual(many.done, [64, 70]);
  for (const [i, { number, positions }] of few.entries()) {
    assert.equal(many.items[i].number, number);
    positions.forEach((x, k) => {
      assert.ok(Math.abs(x - many.items[i].positions[k]) < 1e-3);
    });
  }
  assert.deepEqual((await sampled(3)).items, few);
  assert.notDeepEqual((await sampled(3, CALM, 1)).items[0].positions, few[0].positions);
  assert.notDeepEqual(many.items[0].positions, many.items[6].positions);
});

test("Conformers are the same, bit for bit, drawn by two threads as by one", async () => {
  const { items } = await sampled(150);
  const divided = await sampled(150, CALM, 0, WEIGHTS, 2);
  assert.deepEqual(divided.items, items);
  assert.equal(divided.done.at(-1), 150);
});

/** Random numbers that spoil so many runs of the sampler: after its start there are none. */
class Faulty extends Stream {
  #spoilt = false;

  constructor(
    path: readonly (string | number)[],
    private readonly left: { runs: number },
  ) {
    super(path);
  }

  override at(...index: (string | number)[]): Stream {
    return new Faulty([...this.path, ...index], this.left);
  }

  override normals<A extends Float64Array | Float32Array>(out: A): A {
    super.normals(out);
    this.#spoilt = this.left.runs-- > 0;
    return out;
  }

  override normal(): number {
    return this.#spoilt ? Number.NaN : super.normal();
  }
}

/** Water, of which so many runs are spoilt, and methanol. */
function drawSpoilt(runs: number) {
  const network = geoDiff(CALM.model);
  const values = new Parameters(network.initial(new Stream(["init"]))).read();
  const wanted = [0, 3].map((item, i) => ({
    graph: molecularGraph(ITEMS[item].molecule),
    stream: i === 0 ? new Faulty(["wanted", i], { runs }) : new Stream(["wanted", i]),
    name: `molecule ${i}`,
  }));
  return sampleWithRetries(network, values, SAMPLING, wanted);
}

test("A diverging run is repeated with clipped forces, then from other random numbers, and counted", () => {
  const draws = (times: number) => drawSpoilt(times).map((drawn) => drawn.draws);
  // Methanol goes on undisturbed.
  assert.deepEqual([0, 1, 2, 3].map(draws), [
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 1],
  ]);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(divergedDraws), [0, 0, 0, 1, 1, 2]);
  const [[sound], [again]] = [drawSpoilt(0), drawSpoilt(2)];
  assert.notDeepEqual(again.positions, sound.positions);
  assert.ok(again.positions.every(Number.isFinite));
});

test("A conformer that diverges five times, each time also with clipped forces, stops the run by name", () => {
  assert.equal(drawSpoilt(9)[0].draws, 10);
  assert.throws(() => drawSpoilt(10), {
    name: "UserError",
    message:
      /^A conformer of molecule 0 diverged 5 times, .*a clip below 1000 or a stepScale below 0\.000001/,
  });
});

test("A model whose parameters are not finite is given up with a sentence; no tensor is left", async () => {
  await sampled(2);
  const before = alive();
  await sampled(2);
  assert.deepEqual(alive(), before);
  const broken = Object.fromEntries(
    Object.entries(WEIGHTS).map(([name, { shape, data }]) => [
      name,
      { shape, data: data instanceof Float32Array ? data.map(() => Number.NaN) : data },
    ]),
  );
  await assert.rejects(sampled(2, CALM, 0, broken), /diverged 5 times/);
  assert.deepEqual(alive(), before);
});
