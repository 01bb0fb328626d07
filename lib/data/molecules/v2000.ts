import { UserError } from "../../errors";
import {
  addElement,
  bondOf,
  lineAt,
  parseCharge,
  parseCount,
  parseDecimal,
  parseInteger,
  radical,
  type Table,
} from "./table";
import { SDF_REASONS, Unusable } from "./unusable";

/** Formal charges by the code of the atom block. */
const CHARGE_CODES = [0, 3, 2, 1, 0, -1, -2, -3];
/** The code of a doublet radical. */
const RADICAL_CODE = 4;

/**
 * A V2000 record: fixed columns, ten per coordinate. If there are `M  CHG` lines, they replace all
 * charges of the atom block.
 * @throws UserError if it is truncated, a field cannot be read, or there is a radical or zero-order bond
 */
export function readV2000(lines: readonly string[], where: string): Table {
  const counts = lineAt(lines, 3, where);
  const atoms = parseCount(counts.slice(0, 3), "the number of atoms", where);
  const bonds = parseCount(counts.slice(3, 6), "the number of bonds", where);
  const table: Table = { atomicNumbers: [], formalCharges: [], positions: [], bonds: [] };
  for (let k = 0; k < atoms; k++) {
    const line = lineAt(lines, 4 + k, where);
    const at = `${where}, atom ${k + 1}`;
    for (let c = 0; c < 3; c++)
      table.positions.push(parseDecimal(line.slice(10 * c, 10 * c + 10), "a coordinate", at));
    addElement(table, line.slice(31, 34).trim(), at);
    // Columns that are left empty are 0.
    const code = parseCount(line.slice(36, 39).trim() || "0", "a charge code", at);
    if (code === RADICAL_CODE) throw radical(at);
    if (code >= CHARGE_CODES.length)
      throw new UserError(`${at} has the charge code ${code}; the format has 0 to 7.`);
    table.formalCharges.push(CHARGE_CODES[code]);
    if (parseInteger(line.slice(34, 36).trim() || "0", "a mass difference", at) !== 0)
      table.isotope ??= line.trim();
  }
  for (let k = 0; k < bonds; k++) {
    const line = lineAt(lines, 4 + atoms + k, where);
    const [a, b, type] = [0, 3, 6].map((c) =>
      parseInteger(line.slice(c, c + 3), "a bond's number", `${where}, bond ${k + 1}`),
    );
    table.bonds.push(bondOf(a, b, type, atoms, where));
  }
  readProperties(lines, 4 + atoms + bonds, table, where);
  return table;
}

/** The property lines up to "M  END". */
function readProperties(
  lines: readonly string[],
  start: number,
  table: Table,
  where: string,
): void {
  const charges = table.formalCharges;
  let first = true;
  for (let n = start; ; n++) {
    if (n >= lines.length) throw new UserError(`${where} is truncated: it has no line "M  END".`);
    const line = lines[n];
    if (line.startsWith("M  END")) return;
    if (line.startsWith("M  RAD")) throw radical(`${where}, line "${line}",`);
    if (/^M {2}(ZBO|ZCH|HYD)/.test(line))
      throw new Unusable(
        SDF_REASONS.bondType,
        `${where} has zero-order bonds ("${line}"), which are not supported.`,
      );
    if (line.startsWith("M  ISO")) table.isotope ??= line;
    if (!line.startsWith("M  CHG")) continue;
    if (first) charges.fill(0);
    first = false;
    const words = line.slice(6).trim().split(/\s+/);
    const at = `${where}, line "${line}"`;
    const count = parseCount(words[0], "the number of charges", at);
    for (let k = 0; k < count; k++) {
      const atom = parseInteger(words[1 + 2 * k] ?? "", "an atom", at);
      if (!(atom >= 1 && atom <= charges.length))
        throw new UserError(`${at} has a charge of atom ${atom}; there are ${charges.length}.`);
      charges[atom - 1] = parseCharge(words[2 + 2 * k] ?? "", at);
    }
  }
}
