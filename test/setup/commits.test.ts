import assert from "node:assert/strict";
import { test } from "node:test";
import { commitsIn, hasHistory, untraceable } from "../../setup/commits.mjs";

test("the commit is found in figures, and in figures inside notebooks", () => {
  const figure = JSON.stringify({ versions: { commit: "0123abcdef", node: "20" } }, null, 1);
  const inNotebook = JSON.stringify([`${JSON.stringify({ commit: "0123abcdef+changes" })}`]);
  assert.deepEqual(commitsIn(figure), [{ commit: "0123abcdef", changed: false }]);
  assert.deepEqual(commitsIn(inNotebook), [{ commit: "0123abcdef", changed: true }]);
  assert.deepEqual(commitsIn("a commit follows: deadbee is none of ours"), []);
});

test("committed figures and notebooks name a commit that exists, without uncommitted changes", {
  skip: hasHistory() ? false : "the history is not here",
}, () => {
  assert.deepEqual(untraceable(), []);
});
