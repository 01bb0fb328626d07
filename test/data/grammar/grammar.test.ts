import assert from "node:assert/strict";
import { test } from "node:test";
import { derivationsOf } from "../../../lib/data/grammar/derivation";
import { expectation } from "../../../lib/data/grammar/expectation";
import type { Grammar } from "../../../lib/data/grammar/grammar";
import { buildGrammar } from "../../../lib/data/grammar/grammar";
import type { State } from "../../../lib/data/grammar/machine";
import { startOf, stepOf } from "../../../lib/data/grammar/machine";
import { sampleText } from "../../../lib/data/grammar/sample";
import { RULES, SLOTS } from "../../../lib/data/grammar/story";
import { UserError } from "../../../lib/errors";
import { Stream } from "../../../lib/random/stream";
import { ambiguity } from "./ambiguity";

/** Names agree, a kind steers, a slot is bound on one branch only. */
const SMALL = buildGrammar(
  {
    s: { "{who} saw a {what}. {after:what.kind}": 3, "Nobody saw {who}.": 1 },
    "after:alive": { "{what.They} ran to {who}.": 1, "{who.They} ran.": 2 },
    "after:dead": { "{who} took it.": 1 },
  },
  {
    who: [
      [5, "Ann", { they: "she" }],
      [3, "Bo", { they: "he" }],
    ],
    what: [
      [2, "cat", { kind: "alive", they: "it" }],
      [1, "ox", { kind: "alive", they: "he" }],
      [4, "pin", { kind: "dead", they: "it" }],
    ],
  },
  "s",
);

/** Every text with its probability, by writing out all choices. */
function enumerate(grammar: Grammar): Map<string, number> {
  const texts = new Map<string, number>();
  const visit = (state: State, text: string, p: number): void => {
    const step = stepOf(grammar, state);
    if (step.kind === "end") texts.set(text, (texts.get(text) ?? 0) + p);
    else if (step.kind === "text") visit(step.next, text + step.text, p);
    else if (step.kind === "rule")
      for (const option of step.options) visit(step.next(option), text, p * option.probability);
    else
      for (const value of step.values)
        visit(step.next([value]), text + step.text(value), step.fresh ? p * value.probability : p);
  };
  visit(startOf(grammar), "", 1);
  return texts;
}

function probability(grammar: Grammar, text: string): number {
  return derivationsOf(grammar, text)
    .map((choices) => choices.reduce((p, choice) => p * choice.probability, 1))
    .reduce((sum, p) => sum + p, 0);
}

function near(actual: number, expected: number, relative = 1e-12): void {
  assert.ok(
    Math.abs(actual - expected) <= relative * Math.abs(expected),
    `${actual} is not ${expected}`,
  );
}

test("a small grammar: texts and probabilities by hand", () => {
  const texts = enumerate(SMALL);
  near(texts.get("Nobody saw Bo.") ?? 0, (1 / 4) * (3 / 8));
  near(texts.get("Ann saw a pin. Ann took it.") ?? 0, (3 / 4) * (5 / 8) * (4 / 7));
  near(texts.get("Bo saw a ox. He ran to Bo.") ?? 0, (3 / 4) * (3 / 8) * (1 / 7) * (1 / 3));
  assert.equal(texts.size, 2 + 2 * (2 * 2 + 1));
  near(
    [...texts.values()].reduce((sum, p) => sum + p, 0),
    1,
  );
  for (const [text, p] of texts) near(probability(SMALL, text), p);
  for (const wrong of [
    "Ann saw a cat. He ran.",
    "Ann saw a pin. It ran to Ann.",
    "Nobody saw Bo",
    "",
  ])
    assert.equal(probability(SMALL, wrong), 0, wrong);
});

/** Parts of the story grammar, each the whole of what its rule can start: small enough to list. */
for (const rule of ["opening", "gift", "outing", "helper", "play", "comfort", "owner", "ending"]) {
  const part = buildGrammar(RULES, { ...SLOTS }, rule);
  const texts = enumerate(part);
  const all = [...texts];

  test(`"${rule}": the probabilities of its ${all.length} texts add up to 1`, () => {
    near(
      all.reduce((sum, [, p]) => sum + p, 0),
      1,
      1e-11,
    );
  });

  test(`"${rule}": entropy and mean length by recursion are those of the list`, () => {
    // Where several choices make the same text (a pronoun hides the name), the entropy of choices
    // is larger than that of texts; such parts are no stories, so they are compared as choices.
    const choices = expectation(part, { choice: (_, option) => -Math.log(option.probability) });
    const entropy = all.reduce((sum, [, p]) => sum - p * Math.log(p), 0);
    if (ambiguity(part) === undefined) near(choices, entropy, 1e-11);
    else assert.ok(choices >= entropy * (1 - 1e-11));
    const characters = all.reduce((sum, [text, p]) => sum + p * text.length, 0);
    near(expectation(part, { text: (written) => written.length }), characters, 1e-11);
  });

  test(`"${rule}": reading gives the probability of writing`, () => {
    for (let k = 0; k < all.length; k += Math.ceil(all.length / 40))
      near(probability(part, all[k][0]), all[k][1]);
  });
}

test("texts occur as often as their probability says (chi-square)", () => {
  const texts = [...enumerate(SMALL)];
  const draws = 20_000;
  const counts = new Map<string, number>();
  const stream = new Stream(["small grammar"]);
  for (let i = 0; i < draws; i++) {
    const text = sampleText(SMALL, stream);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const chiSquare = texts.reduce(
    (sum, [text, p]) => sum + ((counts.get(text) ?? 0) - draws * p) ** 2 / (draws * p),
    0,
  );
  // 11 degrees of freedom, 99.9 % quantile.
  assert.equal(texts.length - 1, 11);
  assert.ok(chiSquare < 31.26, `chi-square ${chiSquare}`);
});

test("an ambiguous grammar is found out, an unambiguous one is not accused", () => {
  assert.equal(ambiguity(SMALL), undefined);
  const twice = buildGrammar({ s: { "a{b}": 1, ab: 1 }, b: { b: 1, c: 1 } }, {}, "s");
  assert.equal(ambiguity(twice), "ab");
  assert.equal(probability(twice, "ab"), 3 / 4);
  const pieces = buildGrammar(
    { s: { "{x}{y}": 1 }, x: { a: 1, ab: 1 }, y: { bc: 1, c: 1 } },
    {},
    "s",
  );
  assert.equal(ambiguity(pieces), "abc");
  const optional = buildGrammar({ s: { "{x}c": 1 }, x: { "": 1, ab: 1 } }, {}, "s");
  assert.equal(ambiguity(optional), undefined);
  const hidden = buildGrammar(
    { s: { "{who.they}": 1 } },
    {
      who: [
        [1, "Ann", { they: "she" }],
        [1, "Eve", { they: "she" }],
      ],
    },
    "s",
  );
  assert.equal(ambiguity(hidden), "she");
});

test("a misspelt name, a missing attribute and a weight of zero are refused with a sentence", () => {
  const refused = (make: () => Grammar, message: RegExp) =>
    assert.throws(make, (error) => error instanceof UserError && message.test(error.message));
  refused(() => buildGrammar(RULES, SLOTS, "storey"), /no rule "storey".*"story"/);
  refused(
    () => buildGrammar({ s: { "{heroo}": 1 } }, SLOTS, "s"),
    /In rule "s".*\{heroo\} is not a rule or slot.*"hero"/,
  );
  refused(
    () => buildGrammar({ s: { "{hero.age}": 1 } }, SLOTS, "s"),
    /attribute that "Mia" does not/,
  );
  refused(() => buildGrammar({ s: { "{x:thing.kind}": 1 } }, SLOTS, "s"), /needs a rule "x:rolls"/);
  refused(() => buildGrammar({ s: { a: 0 } }, {}, "s"), /the weight 0/);
  refused(() => buildGrammar({ s: {} }, {}, "s"), /is empty/);
});
