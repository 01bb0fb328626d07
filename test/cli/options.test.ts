import assert from "node:assert/strict";
import { test } from "node:test";
import { type OptionSpec, optionHelp, parseOptions } from "../../lib/cli/options";
import { command } from "./inProcess";

const SPECS: Readonly<Record<string, OptionSpec>> = {
  preset: { type: "string", help: "which", default: "quick" },
  only: { type: "string", help: "families" },
  json: { type: "boolean", help: "lines", default: false },
};

const parse = (...args: string[]) => parseOptions("try", args, SPECS, false);
const refused = (args: string[], message: RegExp) =>
  assert.throws(() => parse(...args), { name: "UserError", message });

test("options have their given values, else their defaults, else none", () => {
  assert.deepEqual({ ...parse().values }, { preset: "quick", json: false });
  assert.deepEqual(
    { ...parse("--preset=laptop", "--only", "images", "--json").values },
    { preset: "laptop", only: "images", json: true },
  );
});

test("an unknown option is named with the nearest right one, or with all when none is near", () => {
  refused(["--presett", "quick"], /^try has no option --presett\. Did you mean "preset"\?$/);
  refused(["--jsn"], /no option --jsn\. Did you mean "json"\?/);
  refused(["--bananas=3"], /no option --bananas\. Valid: preset, only, json\./);
});

test("a value where none belongs, none where one belongs, and a stray word are refused", () => {
  refused(["--json=yes"], /^try: .*--json.*does not take an argument/);
  refused(["--only"], /^try: .*--only <value>.*argument missing/);
  refused(["images"], /^try: Unexpected argument 'images'/);
  assert.deepEqual(
    [...parseOptions("try", ["explain", "ab"], SPECS, true).positionals],
    ["explain", "ab"],
  );
});

test("what a command does not take is refused, beside --help and after the words of runs too", async () => {
  const cases: [string[], RegExp][] = [
    [["claims", "--help", "--bad"], /^claims has no option --bad\./],
    [["claims", "linear"], /^claims: Unexpected argument 'linear'/],
    [["runs", "verify", "foo", "bar"], /^runs verify takes no arguments; "foo" is one too many\.$/],
    [["runs", "explain", "ab", "cd"], /^runs explain takes one address; "cd" is one too many\.$/],
    [["runs", "list", "--yes"], /^runs list has no option --yes\. Valid: json\.$/],
    [["runs", "verify", "--json"], /^runs verify has no option --json\.$/],
    [["runs", "prune", "--json"], /^runs prune has no option --json\. Valid: damaged, /],
    [["runs", "toString"], /^runs has no command "toString"\./],
  ];
  for (const [args, expected] of cases) {
    const { sentence, code, lines } = await command(...args);
    assert.match(sentence, expected);
    assert.equal(code, 1);
    assert.deepEqual(lines, []);
  }
});

test("help shows every option with its default, if it has one", () => {
  assert.deepEqual(optionHelp(SPECS).split("\n"), [
    "  --preset       which (default: quick)",
    "  --only         families",
    "  --json         lines",
  ]);
});

test("an unknown command, family or preset is one sentence with what there is", async () => {
  const cases: [string[], RegExp][] = [
    [["claim"], /^There is no command "claim"\. Did you mean "claims"\?$/],
    [[], /^There is no command ""\. Valid: reproduce, own, claims, runs\.$/],
    [["claims", "--only", "image"], /^There is no family "image"\. Did you mean "images"\?$/],
    [["claims", "--only", "linear, text"], /^There is no family "text"\. Valid: .*linear/],
    [["claims", "--preset", "quik"], /^There is no preset "quik"\. Did you mean "quick"\?$/],
    [["reproduce", "--preset", "laptopp"], /no preset "laptopp"\. Did you mean "laptop"\?/],
  ];
  for (const [args, expected] of cases) {
    const { sentence, code, lines } = await command(...args);
    assert.match(sentence, expected);
    assert.equal(code, 1);
    assert.deepEqual(lines, []);
  }
});

test("--help explains a command and does nothing else", async () => {
  const { lines, code } = await command("reproduce", "--help");
  assert.equal(code, 0);
  assert.match(lines.join("\n"), /npm run reproduce -- \[options\].*--preset .*default: quick/s);
});
