import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../../lib/errors";
import { adjustableFigure } from "../../../lib/experiments/linear/index";
import { validate } from "../../../lib/export/validate";
import { withCaption } from "../../../lib/figures/caption";
import {
  accumulate,
  accumulateSubsample,
  keepReal,
  replace,
  replaceMultiple,
} from "../../../lib/pool/regimes";
import { accumulateError, replaceError, replaceMultipleError } from "../../../lib/theory/index";

const run = { d: 10, T: 100, sigma2: 1, iterations: 5 };
const regimes = [replace, replaceMultiple, accumulate];

interface Step {
  readonly label: string;
  readonly args: [{ y: number[][] }, { "title.text": string }];
}
interface Controls {
  readonly sliders: { active: number; visible: boolean; steps: Step[] }[];
  readonly updatemenus: { buttons: { label: string; args: [{ y: number[][] }, object] }[] }[];
}
const controls = (figure: { layout: object }) => figure.layout as unknown as Controls;

test("every step of every slider shows the closed forms at its own d, T, σ², and says so in the title", () => {
  const figure = adjustableFigure(run, regimes);
  const { sliders } = controls(figure);
  assert.equal(sliders.length, 3);
  for (const [i, name] of (["T", "d", "sigma2"] as const).entries()) {
    assert.ok(sliders[i].steps.length >= 5, `${sliders[i].steps.length} steps of ${name}`);
    for (const { label, args } of sliders[i].steps) {
      const at = { ...run, [name]: Number(label), n: 5 };
      const last = args[0].y.map((y) => y[4]);
      const expected = [replaceError(at), replaceMultipleError(at), accumulateError(at)];
      for (const [k, value] of expected.entries())
        assert.ok(Math.abs(last[k] / value - 1) < 1e-9, `${name} = ${label}: ${last[k]}, ${value}`);
      assert.equal(
        args[1]["title.text"],
        `Expected errors at d = ${at.d}, T = ${at.T}, σ² = ${at.sigma2}`,
      );
    }
  }
});

test("the figure starts where the sliders stand, and a button brings it back there", () => {
  const figure = adjustableFigure(run, regimes);
  const { sliders, updatemenus } = controls(figure);
  const drawn = figure.data.map((trace) => (trace as unknown as { y: number[] }).y);
  for (const { active, steps } of sliders) assert.deepEqual(steps[active].args[0].y, drawn);
  assert.deepEqual(
    sliders.map(({ visible }) => visible),
    [true, false, false],
  );
  const [{ buttons }] = updatemenus;
  assert.deepEqual(
    buttons.map(({ label }) => label),
    ["T", "d", "σ²"],
  );
  for (const [chosen, { args }] of buttons.entries()) {
    assert.deepEqual(args[0].y, drawn);
    for (const i of [0, 1, 2])
      assert.equal((args[1] as Record<string, unknown>)[`sliders[${i}].visible`], i === chosen);
  }
});

test("Plotly draws it with its caption, at the edge of T ≥ d + 2, without noise, and twice the same", () => {
  for (const change of [{}, { T: 12 }, { d: 1, T: 3 }, { sigma2: 0 }, { d: 98 }]) {
    const figure = adjustableFigure({ ...run, ...change }, regimes);
    validate(withCaption(figure));
    assert.deepEqual(adjustableFigure({ ...run, ...change }, regimes), figure);
  }
});

test("what has no exact form is refused in one sentence that says what to do", () => {
  for (const [change, asked, sentence] of [
    [{ T: 11 }, [replace], /^T = 11 items are too few/],
    [{ d: 0 }, [replace], /^d .*not 0/],
    [{ sigma2: -1 }, [replace], /^sigma2 .*not -1/],
    [{}, [keepReal(0.5)], /of keep-real-50% is not known: .* explore\.$/],
    [{}, [accumulateSubsample], /of accumulate-subsample is not known/],
  ] as const)
    assert.throws(
      () => adjustableFigure({ ...run, ...change }, asked),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
    );
});
