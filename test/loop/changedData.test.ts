import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { MIRRORS } from "../../lib/data/obtain";
import { openSource } from "../../lib/data/openSource";
import { prepareReal } from "../../lib/loop/real";
import type { Task } from "../../lib/loop/task";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

const { signal } = new AbortController();
type Config = Parameters<typeof walkTask.fit>[0];

/** A task whose training items are the numbers in a file that anybody may change. */
function numbersTask(loads: number[]): Task<Config> {
  return {
    ...walkTask,
    async loadReal(_config, { onUnknown }) {
      loads.push(1);
      const source = { set: "numbers", file: "numbers.txt", addresses: [] };
      const open = await openSource(source, onUnknown ? { onUnknown } : {});
      let text = "";
      for await (const chunk of open.chunks()) text += Buffer.from(chunk).toString();
      const data = Float64Array.from(text.trim().split(" ").map(Number));
      const items = [{ length: data.length, columns: { x: { data } } }];
      return { train: items, test: items, checksums: {}, description: "numbers" };
    },
  };
}

test("a changed data file is loaded anew beside the old copy, in a sentence; an unchanged one is not read", async () => {
  const before = process.env[MIRRORS];
  const mirror = memoryFolder();
  process.env[MIRRORS] = mirror;
  try {
    const file = path.join(mirror, "numbers.txt");
    const store = RunStore.open(memoryFolder());
    const loads: number[] = [];
    const prepare = async () => {
      const said: string[] = [];
      const config = walkTask.config.parse({ steps: 1 });
      const tell = (sentence: string) => void said.push(sentence);
      const real = await prepareReal(numbersTask(loads), config, 0, store, signal, {
        notice: tell,
      });
      return { ...real, said };
    };
    const sentence = /^numbers\/numbers\.txt has changed since the stored copy/;
    fs.writeFileSync(file, "1 2 3");
    const first = await prepare();
    assert.deepEqual(await prepare(), first);

    // Only its time has changed: it is read and found to be the same.
    fs.utimesSync(file, 1e9, 1e9);
    assert.deepEqual(await prepare(), first);
    assert.equal(loads.length, 1);

    fs.writeFileSync(file, "1 2 3 4");
    const second = await prepare();
    assert.equal(second.items, 4);
    assert.notEqual(second.address, first.address);
    assert.equal(second.said.length, 1);
    assert.match(second.said[0], sentence);
    assert.deepEqual((await prepare()).address, second.address);
    assert.equal(loads.length, 2);

    // As long as before: the contents tell, not the length.
    fs.writeFileSync(file, "4 3 2 1");
    assert.equal((await prepare()).items, 4);
    assert.equal(loads.length, 3);

    // Back to what it was, or gone: the stored copies serve.
    fs.writeFileSync(file, "1 2 3");
    assert.deepEqual(await prepare(), first);
    fs.rmSync(file);
    assert.deepEqual(await prepare(), first);
    assert.equal(loads.length, 3);
    assert.equal(store.list("real").length, 3);
  } finally {
    if (before === undefined) delete process.env[MIRRORS];
    else process.env[MIRRORS] = before;
  }
});
