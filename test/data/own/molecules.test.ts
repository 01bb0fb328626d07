import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSdf } from "../../../lib/data/molecules/index";
import type { Ensemble } from "../../../lib/data/molecules/molecule";
import { openPlace } from "../../../lib/data/own/files";
import { chooseMolecules, surveyMolecules } from "../../../lib/data/own/molecules";
import { ownMolecules } from "../../../lib/experiments/own/molecules";
import { prepareReal } from "../../../lib/loop/real";
import { SYMBOLS } from "../../../lib/metrics/molecules/elements";
import { Streams } from "../../../lib/random/streams";
import { RunStore } from "../../../lib/store/runStore";
import { memoryFolder } from "../../support/temporary";
import { fileOf, folderOf, READING } from "./support";

/** Ångström from carbon. */
const LENGTHS: Readonly<Record<string, number>> = { H: 1.09, F: 1.35, Cl: 1.77, Br: 1.94 };
const CORNERS = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1],
];

/** A carbon atom with these four neighbours at the corners of a tetrahedron. */
function methane(neighbours: readonly string[]): Ensemble {
  const xyz = neighbours.flatMap((symbol, k) =>
    CORNERS[k].map((x) => (x * LENGTHS[symbol]) / Math.sqrt(3)),
  );
  const heavy = neighbours.filter((symbol) => symbol !== "H");
  return {
    molecule: {
      smiles: `C${heavy.map((symbol) => `(${symbol})`).join("")}`,
      id: neighbours.join("-"),
      atomicNumbers: Uint8Array.from([6, ...neighbours.map((symbol) => SYMBOLS.indexOf(symbol))]),
      formalCharges: new Int8Array(5),
      bonds: neighbours.map((_, k) => [0, k + 1, 1] as const),
      aromaticBonds: [],
    },
    conformers: [{ positions: Float64Array.from([0, 0, 0, ...xyz]) }],
  };
}

const HALOGENS = ["F", "Cl", "Br"];
/** CX4, CX3H and CX2YH: 3 + 3 + 6 molecules. */
const ensembles: readonly Ensemble[] = HALOGENS.flatMap((x) => [
  methane([x, x, x, x]),
  methane([x, x, x, "H"]),
  ...HALOGENS.filter((y) => y !== x).map((y) => methane([x, x, y, "H"])),
]);

const survey = (given: string) => surveyMolecules(openPlace(given), {}, READING);
const sdf = () => ensembles.map(formatSdf).join("");
const xyz = ({ molecule, conformers }: Ensemble, comment = molecule.smiles) =>
  conformers
    .map(({ positions }) =>
      [
        molecule.atomicNumbers.length,
        comment,
        ...Array.from(
          molecule.atomicNumbers,
          (number, i) => `${SYMBOLS[number]} ${positions.slice(3 * i, 3 * i + 3).join(" ")}`,
        ),
        "",
      ].join("\n"),
    )
    .join("");

test("an SD file: its molecules and conformers, and what is left out with the reason", async () => {
  const flat = formatSdf(ensembles[0]).replace("          3D", "          2D");
  const found = await survey(fileOf("a.sdf", sdf() + flat + formatSdf(ensembles[3])));
  assert.deepEqual([found.items, found.conformers], [12, 1]);
  assert.ok(found.atoms <= found.maxAtoms && found.maxAtoms === 5);
  assert.match(
    found.said[0],
    /^a\.sdf: 12 molecules of \d+ atoms and 1\.0 conformers on average\.$/,
  );
  assert.match(
    found.said[1],
    /^1 left out: a drawing in two dimensions \(first: Record 13 of .*\)\.$/,
  );
  assert.equal(found.said[2], "1 entry left out: the same molecule is earlier in the file.");
});

test("an XYZ file whose comments are SMILES; other frames are left out", async () => {
  const [first] = ensembles;
  const frames = ensembles.map((one) => xyz(one));
  const file = fileOf("a.xyz", [...frames, xyz(first, "frame 7"), xyz(first, "CC")].join(""));
  const { items, said } = await survey(file);
  assert.equal(items, 12);
  const text = said.join("\n");
  assert.match(text, /1 left out: its comment line does not begin with a SMILES/);
  assert.match(text, /1 left out: its atoms are not those of its SMILES/);
});

test("the choice is disjoint and the same again, and a preset of it can be run", async () => {
  const file = fileOf("a.sdf", sdf());
  const place = openPlace(file);
  const choose = () => chooseMolecules(place, { train: 9, test: 3 }, Streams.ofSeed(0), READING);
  const { train, test: held } = await choose();
  assert.deepEqual(await choose(), { train, test: held });
  const names = [...train, ...held].map(({ molecule }) => molecule.id ?? molecule.smiles);
  assert.deepEqual([train.length, held.length, new Set(names).size], [9, 3, 12]);

  const found = await survey(file);
  const [[{ preset }]] = ownMolecules.presets(found);
  const { task } = ownMolecules;
  const loadReal = ownMolecules.loadReal(found, place, READING);
  const store = RunStore.open(memoryFolder());
  const real = await prepareReal(
    { ...task, loadReal },
    task.config.parse(preset.task),
    0,
    store,
    READING.signal,
  );
  assert.equal(real.items, 8);
  assert.equal(real.description, "a.sdf (8 / 2 molecules)");
});

const REFUSED: readonly [string, () => string, RegExp][] = [
  ["no molecule", () => fileOf("a.sdf", "\n\n"), /a\.sdf has no records/],
  [
    "all molecules left out",
    () => fileOf("a.sdf", sdf().replaceAll("          3D", "          2D")),
    /has 0 different molecules.*at least 10 are needed\. 12 left out: a drawing in two dimensions/,
  ],
  ["few molecules", () => fileOf("a.sdf", formatSdf(ensembles[0])), /has 1 different molecules/],
  [
    "a damaged file",
    () => fileOf("a.sdf", sdf().slice(0, 300)),
    /^Record 1 of .*a\.sdf \(line 1\), atom 4 has ""/,
  ],
  [
    "SMILES",
    () => fileOf("a.smi", "CCO\nCCN\n"),
    /not where they are\. Make an SD file with .* obabel a\.smi -O molecules\.sdf --gen3d\.$/,
  ],
  ["SMILES in a folder", () => folderOf({ "a.smi": "CCO" }), /not where they are/],
];

for (const [what, given, message] of REFUSED)
  test(`refused in one sentence: ${what}`, async () => {
    await assert.rejects(survey(given()), { name: "UserError", message });
  });
