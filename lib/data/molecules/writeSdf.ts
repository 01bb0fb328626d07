import { UserError } from "../../errors";
import { SYMBOLS } from "../../metrics/molecules/elements";
import type { Ensemble } from "./molecule";

/** Largest number of atoms or bonds of the V2000 format. */
const MAX_COUNT = 999;

/**
 * The conformers of a molecule as V2000 records of an SD file, in ångström with four decimals. The
 * SMILES and the relative energy are written as properties.
 * @throws UserError if the molecule has more atoms or bonds than the format allows (999)
 * @example
 * writeFileSync("generated.sdf", ensembles.map(formatSdf).join(""));
 */
export function formatSdf({ molecule, conformers }: Ensemble): string {
  const { atomicNumbers, formalCharges, bonds } = molecule;
  const size = atomicNumbers.length;
  if (size > MAX_COUNT || bonds.length > MAX_COUNT)
    throw new UserError(
      `The V2000 format allows ${MAX_COUNT} atoms and bonds; ${molecule.id ?? molecule.smiles} has ${size} ` +
        `and ${bonds.length}.`,
    );
  const column = (value: number) => String(value).padStart(3);
  const bondBlock = bonds.map(
    ([i, j, order]) => `${[i + 1, j + 1, order].map(column).join("")}  0`,
  );
  const title = (molecule.id ?? molecule.smiles).replace(/[\r\n]/g, " ");
  return conformers
    .map(({ positions, relativeEnergy }) =>
      [
        title,
        "  collapse          3D",
        "",
        `${column(size)}${column(bonds.length)}  0  0  0  0  0  0  0  0999 V2000`,
        ...Array.from(atomicNumbers, (number, i) => {
          const xyz = [0, 1, 2].map((c) => positions[3 * i + c].toFixed(4).padStart(10)).join("");
          return `${xyz} ${SYMBOLS[number].padEnd(3)} 0  0${"  0".repeat(10)}`;
        }),
        ...bondBlock,
        ...chargeLines(formalCharges),
        "M  END",
        ...(molecule.smiles ? ["> <SMILES>", molecule.smiles, ""] : []),
        ...(relativeEnergy === undefined
          ? []
          : ["> <RELATIVE_ENERGY_KCAL_MOL>", String(relativeEnergy), ""]),
        "$$$$",
        "",
      ].join("\n"),
    )
    .join("");
}

/** "M  CHG" lines with at most eight charges each. */
function chargeLines(charges: Int8Array): string[] {
  const charged: string[] = [];
  charges.forEach((charge, i) => {
    if (charge !== 0) charged.push(` ${String(i + 1).padStart(3)} ${String(charge).padStart(3)}`);
  });
  const lines: string[] = [];
  for (let k = 0; k < charged.length; k += 8) {
    const part = charged.slice(k, k + 8);
    lines.push(`M  CHG${String(part.length).padStart(3)}${part.join("")}`);
  }
  return lines;
}
