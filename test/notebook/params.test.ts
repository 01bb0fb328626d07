import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../lib/errors";
import { params } from "../../lib/notebook/params";

const defaults = {
  preset: "laptop",
  seeds: [0, 1],
  lr: 0.1,
  model: { width: 8, tied: true },
  only: null,
};
const given = (text: string) => params(defaults, { NB_PARAMS: text });

test("without NB_PARAMS the defaults stand", () => {
  assert.deepEqual(params(defaults, {}), defaults);
  assert.deepEqual(given(" "), defaults);
});

test("NB_PARAMS replaces what it names and leaves the rest, also inside objects", () => {
  assert.deepEqual(given('{"preset":"quick","model":{"width":4},"seeds":[7],"only":"linear"}'), {
    preset: "quick",
    seeds: [7],
    lr: 0.1,
    model: { width: 4, tied: true },
    only: "linear",
  });
  assert.equal(defaults.model.width, 8);
});

test("an unknown key is named with the nearest right one", () => {
  assert.throws(() => given('{"presett":"quick"}'), /"presett".*Did you mean "preset"\?/);
  assert.throws(() => given('{"model":{"widht":4}}'), /"model\.widht".*"width"/);
  assert.throws(() => given('{"__proto__":{"a":1}}'), /"__proto__"/);
  assert.throws(() => given('{"toString":1}'), UserError);
});

test("a wrong type is named with the right one", () => {
  assert.throws(() => given('{"preset":3}'), /"preset" in NB_PARAMS must be a string, not 3/);
  assert.throws(() => given('{"lr":"0.1"}'), /"lr".*a number, not "0.1"/);
  assert.throws(() => given('{"seeds":[0,"1"]}'), /"seeds\[1\]".*a number/);
  assert.throws(() => given('{"seeds":{"0":1}}'), /"seeds".*an array/);
  assert.throws(() => given('{"model":null}'), /"model".*an object, not null/);
  assert.throws(() => given("[1]"), /NB_PARAMS must be an object/);
});

test("broken JSON says how it is written", () => {
  assert.throws(
    () => given("{preset: quick}"),
    /NB_PARAMS is not JSON.*NB_PARAMS='\{"preset":"quick"\}'/,
  );
});
