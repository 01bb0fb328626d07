import { UserError } from "../../errors";
import { atomicNumberOf } from "./elements";
import { bondOf, lineAt, numberOf, type Table } from "./table";

/** Formal charges by the code of the atom block; 4 is a radical. */
const CHARGE_CODES = [0, 3, 2, 1, 0, -1, -2, -3];

/**
 * A V2000 record: fixed columns, coordinates in ten each. `M  CHG` lines, where there are any, take
 * the place of all charges of the atom block.
 */
export function readV2000(lines: readonly string[], where: string): Table {
  const counts = lineAt(lines, 3, where);
  const atoms = numberOf(counts.slice(0, 3), "the number of atoms", where);
  const bonds = numberOf(counts.slice(3, 6), "the number of bonds", where);
  const table: Table = { atomicNumbers: [], formalCharges: [], positions: [], bonds: [] };
  for (let k = 0; k < atoms; k++) {
    const line = lineAt(lines, 4 + k, where);
    const at = `${where}, atom ${k + 1}`;
    for (let c = 0; c < 3; c++)
      table.positions.push(numberOf(line.slice(10 * c, 10 * c + 10), "a coordinate", at));
    table.atomicNumbers.push(atomicNumberOf(line.slice(31, 34).trim(), at));
    table.formalCharges.push(CHARGE_CODES[Number(line.slice(36, 39)) || 0] ?? 0);
  }
  for (let k = 0; k < bonds; k++) {
    const line = lineAt(lines, 4 + atoms + k, where);
    const [a, b, type] = [0, 3, 6].map((c) =>
      numberOf(line.slice(c, c + 3), "a bond's number", `${where}, bond ${k + 1}`),
    );
    table.bonds.push(bondOf(a, b, type, atoms, where));
  }
  readCharges(lines, 4 + atoms + bonds, table.formalCharges, where);
  return table;
}

function readCharges(lines: readonly string[], start: number, charges: number[], where: string) {
  let first = true;
  for (let n = start; ; n++) {
    if (n >= lines.length) throw new UserError(`${where} is cut short: it has no line "M  END".`);
    const line = lines[n];
    if (line.startsWith("M  END")) return;
    if (!line.startsWith("M  CHG")) continue;
    if (first) charges.fill(0);
    first = false;
    const words = line.slice(6).trim().split(/\s+/).map(Number);
    for (let k = 0; k < words[0]; k++) {
      const [atom, charge] = [words[1 + 2 * k], words[2 + 2 * k]];
      if (!(atom >= 1 && atom <= charges.length && Number.isInteger(charge)))
        throw new UserError(`${where} has a line "${line}" that gives no atom a charge.`);
      charges[atom - 1] = charge;
    }
  }
}
