import assert from "node:assert/strict";
import { test } from "node:test";
import { figureNamed } from "../../lib/figures/figureNamed";
import { regimesFigure } from "../../lib/figures/regimes";
import { PROVENANCE } from "./provenance";

const figures = ["figure-04-loss-relative", "figure-04-loss", "variety"].map((name) => ({
  ...regimesFigure(PROVENANCE),
  name,
}));

test("a figure is found by its name, or by the beginning of it; the first of several", () => {
  assert.equal(figureNamed(figures, "figure-04-loss"), figures[1]);
  assert.equal(figureNamed(figures, "figure-04"), figures[0]);
  assert.equal(figureNamed(figures, "variety"), figures[2]);
});

test("an unknown figure is a sentence with the nearest name", () => {
  assert.throws(() => figureNamed(figures, "varieti"), {
    name: "UserError",
    message: 'There is no figure "varieti". Did you mean "variety"?',
  });
  // Half a word of a name is not its beginning.
  assert.throws(() => figureNamed(figures, "fig"), /There is no figure "fig"\. Valid: figure-04/);
});
