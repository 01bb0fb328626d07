import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { hasFastBfloat16 } from "../../../lib/engine/fastBfloat16";
import { PRESETS_OF_LANGUAGE } from "../../../lib/experiments/language/presets";
import { slowPrecision } from "../../../lib/experiments/language/slowPrecision";
import { temporaryFolder } from "../../support/temporary";

test("fast bfloat16 is read from the flags of the processor, as whole words", () => {
  const file = path.join(temporaryFolder(), "cpuinfo");
  for (const [flags, fast] of [
    ["flags : fpu avx512f avx512_bf16 sse4_2", true],
    ["flags : amx_bf16 amx_tile", true],
    ["Features : fp asimd bf16 i8mm", true],
    ["flags : fpu avx2 avx512f avx512_vnni", false],
    ["flags : nobf16", false],
  ] as const) {
    fs.writeFileSync(file, flags);
    assert.equal(hasFastBfloat16(file), fast, flags);
  }
  assert.equal(hasFastBfloat16(path.join(temporaryFolder(), "none")), undefined);
});

test("a preset in bfloat16 says so where the processor is slow at it, and only there", () => {
  const { laptop } = PRESETS_OF_LANGUAGE;
  const { task } = laptop!;
  const [first, ...others] = laptop!.variants;
  const model = { precision: "bfloat16" } as const;
  const all = { ...laptop!, variants: laptop!.variants.map((v) => ({ ...v, changes: {} })) };
  const whole = { ...all, task: { ...task, model: { ...task.model, ...model } } };
  const one = { ...all, variants: [{ ...first, changes: { model } }, ...all.variants.slice(1)] };
  assert.ok(others.length > 0);
  for (const preset of [whole, one]) {
    assert.match(slowPrecision(preset, false)!, /"float32" would be quicker/);
    for (const fast of [true, undefined]) assert.equal(slowPrecision(preset, fast), undefined);
  }
  assert.equal(slowPrecision(all, false), undefined);
});
