import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { UserError } from "../../lib/errors";
import { atlasTask } from "../../lib/experiments/atlas/task";
import { imagesTask } from "../../lib/experiments/images/task";
import { languageTask } from "../../lib/experiments/language/task";
import { linearTask } from "../../lib/experiments/linear/task";
import { moleculesTask } from "../../lib/experiments/molecules/task";
import { EXPERIMENTS } from "../../lib/experiments/registry";
import * as publicSurface from "../../lib/index";
import { parsed, withReadableErrors } from "../../lib/loop/config";
import type { Task } from "../../lib/loop/task";

const schema = z.strictObject({
  data: z.strictObject({ dataset: z.enum(["mnist", "strokes"]), trainItems: z.int().min(1) }),
  training: z
    .strictObject({
      rate: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("constant") }),
        z.strictObject({ kind: z.literal("plateau"), patience: z.int() }),
      ]),
    })
    .optional(),
});
const DATA = { dataset: "mnist", trainItems: 5 };

function refusal(raw: unknown): string {
  try {
    parsed(schema, raw, "It");
  } catch (error) {
    assert.equal((error as Error).name, "UserError");
    return (error as Error).message;
  }
  assert.fail("nothing was thrown");
}

test("an unknown key is named with the nearest right one at its place, however deep it is", () => {
  assert.equal(
    refusal({ data: DATA, dat: 1 }),
    'It has the unknown key "dat". Did you mean "data"?',
  );
  assert.equal(
    refusal({ data: { ...DATA, trainItmes: 5 } }),
    'It has the unknown key "trainItmes" inside "data". Did you mean "trainItems"?',
  );
  assert.equal(
    refusal({ data: DATA, training: { rate: { kind: "plateau", patience: 1, patince: 1 } } }),
    'It has the unknown key "patince" inside "training.rate". Did you mean "patience"?',
  );
  assert.match(refusal({ data: { ...DATA, q: 5 } }), /Valid: dataset, trainItems\.$/);
});

test("a wrong value of a choice is shown with the nearest right one, another fault in zod's words", () => {
  assert.equal(
    refusal({ data: { ...DATA, dataset: "mnits" } }),
    'It is wrong at "data.dataset": it is "mnits". Did you mean "mnist"?',
  );
  assert.match(
    refusal({ data: { ...DATA, dataset: 3 } }),
    /^It is wrong at "data\.dataset": Inval/,
  );
  assert.match(refusal({ data: { ...DATA, trainItems: 0 } }), /^It is wrong at "data\.trainItems"/);
});

test("a schema with readable errors parses as before", () => {
  const readable = withReadableErrors(schema, "This config");
  assert.deepEqual(readable.parse({ data: DATA }), { data: DATA });
  assert.throws(() => readable.parse({}), {
    name: "UserError",
    message: /^This config is wrong at/,
  });
});

test("every family's config refuses with a sentence when a notebook parses it", () => {
  const tasks: readonly { readonly name: string; readonly config: z.ZodType }[] = [
    ...[atlasTask, imagesTask, languageTask, linearTask, moleculesTask],
  ];
  assert.equal(tasks.length, EXPERIMENTS.length);
  for (const task of tasks) {
    const { name } = task;
    assert.throws(() => task.config.parse({ bananas: 1 }), {
      name: "UserError",
      message: new RegExp(`^The config of task "${name}" (has the unknown key|is wrong)`),
    });
  }
});

test("every public task refuses a wrong config in one sentence, also in a notebook's parse", () => {
  const tasks = (Object.values(publicSurface) as unknown[]).filter(
    (value): value is Task<unknown> =>
      typeof value === "object" && value !== null && "loadReal" in value,
  );
  assert.deepEqual(tasks.map(({ name }) => name).sort(), [
    ...["atlas", "categorical", "gaussian", "images", "language", "linear", "molecules"],
  ]);
  for (const { name, config } of tasks)
    for (const wrong of [null, [], 3, { dta: {} }, { data: { dataset: "nits", trainItems: "x" } }])
      assert.throws(
        () => config.parse(wrong),
        (error) =>
          error instanceof UserError &&
          error.message.startsWith(`The config of task "${name}" `) &&
          !error.message.includes("\n"),
        name,
      );
});
