import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { csvParse } from "d3-dsv";
import { PNG } from "pngjs";
import { exportRun } from "../../lib/cli/exportRun";
import { sampleStory } from "../../lib/data/grammar/stories";
import { strokeDigits } from "../../lib/data/images/strokes";
import { readChunks, readSdf } from "../../lib/data/molecules/index";
import { storiesOf } from "../../lib/data/text/storiesOf";
import { imagesTask } from "../../lib/experiments/images/task";
import { languageTask } from "../../lib/experiments/language/task";
import { moleculesTask } from "../../lib/experiments/molecules/task";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { inProcess } from "../../lib/loop/inProcess";
import { prepareReal } from "../../lib/loop/real";
import { runChains } from "../../lib/loop/runChains";
import type { Task } from "../../lib/loop/task";
import { DiskBlock } from "../../lib/pool/diskBlock";
import { replace } from "../../lib/pool/regimes";
import { Streams } from "../../lib/random/streams";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder, temporaryFolder } from "../support/temporary";
import { command } from "./inProcess";

const store = RunStore.open(memoryFolder());
const { signal } = new AbortController();
const folder = temporaryFolder();
const target = (name: string) => path.join(folder, name);

/** Real data of a task. @returns their address */
async function real<C>(task: Task<C>, data: object, rest: object = {}): Promise<string> {
  const config = { ...rest, data } as C;
  return (await prepareReal(task, config, 0, store, signal)).address;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const refused = (work: () => unknown, message: RegExp) =>
  assert.throws(work, { name: "UserError", message });

test("images are written as PNG, stories as text, molecules as SD file: the training items in order", async () => {
  const images = await real(imagesTask, { dataset: "strokes", trainItems: 3, testItems: 1 });
  exportRun(store, images.slice(0, 12), target("digits"));
  const { images: digits } = strokeDigits(3, Streams.ofSeed(0).get("strokes-train"));
  const names = fs.readdirSync(target("digits"));
  assert.equal(names.length, 3);
  names.sort().forEach((name, i) => {
    const { data } = PNG.sync.read(fs.readFileSync(target(`digits/${name}`)));
    const grey = data.filter((_, k) => k % 4 === 0);
    assert.deepEqual(Uint8Array.from(grey), digits.slice(784 * i, 784 * (i + 1)));
  });

  const stories = await real(languageTask, {
    ...{ dataset: "grammar", trainItems: 40, testItems: 2, vocabulary: 300 },
  });
  exportRun(store, stories, target("stories.txt"));
  const text = target("stories.txt");
  const stream = Streams.ofSeed(0).get("train-stories");
  assert.deepEqual(
    await all(storiesOf(readChunks(text), text)),
    Array.from({ length: 40 }, (_, i) => sampleStory(stream.at(i))),
  );

  const counts = { conformersPerMolecule: 1, testConformers: 1, maxAtoms: 20 };
  const molecules = await real(moleculesTask, {
    ...{ dataset: "offline", trainMolecules: 2, testMolecules: 1, ...counts },
  });
  exportRun(store, molecules, target("molecules.sdf"));
  const sdf = target("molecules.sdf");
  assert.equal((await all(readSdf(readChunks(sdf), sdf))).length, 2);
  assert.equal(fs.readFileSync(sdf, "utf8").match(/> <SMILES>\n\S+\n/g)?.length, 2);

  refused(() => exportRun(store, images, target("digits.png")), /written into a folder/);
  refused(() => exportRun(store, stories, target("s.sdf")), /no ending of a file of stories/);
  refused(() => exportRun(store, molecules, target("m.txt")), /no ending of a file of molecules/);
  refused(() => exportRun(store, stories, text), /stories\.txt exists already/);
});

test("samples of numbers, training records and files of records are written as tables", async () => {
  const config = { data: { trainItems: 7 } };
  const one = chain({ task: gaussianTask, config, regime: replace, seed: 0, iterations: 1 });
  const [{ generations }] = await runChains([one], { store, executor: inProcess() });
  const [{ fit, block, items, evaluations }] = generations;
  exportRun(store, block, target("x.csv"));
  const samples = DiskBlock.open(items);
  assert.deepEqual(
    csvParse(fs.readFileSync(target("x.csv"), "utf8")).map(({ x }) => Number(x)),
    [...samples.range(0, 7).columns.x.data],
  );
  samples.close();

  const records = target("records.jsonl");
  fs.writeFileSync(records, '{"seed":0,"loss":"NaN"}\n{"seed":1,"loss":0.5}\n');
  exportRun(store, records, target("records.csv"));
  assert.equal(fs.readFileSync(target("records.csv"), "utf8"), "seed,loss\n0,NaN\n1,0.5\n");

  refused(() => exportRun(store, fit, target("model")), /no form of other programs but its safe/);
  refused(
    () => exportRun(store, Object.values(evaluations)[0], target("e.csv")),
    /is an evaluation; its files are in/,
  );
  refused(() => exportRun(store, block, target("x.txt")), /another ending/);
  refused(() => exportRun(store, records, target("r.xlsx")), /written as a table\. Valid: \.csv/);
  fs.writeFileSync(records, '{"seed":0}\n{"seed":[1]}\n');
  refused(() => exportRun(store, records, target("r.csv")), /^Line 2 of .* is no row of a table/);
  fs.writeFileSync(records, "seed\n");
  refused(() => exportRun(store, records, target("r.csv")), /does not consist of JSON lines/);
  refused(() => exportRun(store, target("none.jsonl"), target("r.csv")), /There is no file/);
  refused(() => exportRun(store, "zz", target("r.csv")), /No entry's address starts with "zz"/);
  refused(() => exportRun(store, block, undefined), /needs an address and the file or folder/);
});

test("the command takes an address and a path, and no more", async () => {
  const { sentence } = await command("runs", "export", "a", "b", "c");
  assert.equal(sentence, 'runs export takes an address and a path; "c" is one too many.');
});
