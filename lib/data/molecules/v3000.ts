import { UserError } from "../../errors";
import {
  addElement,
  bondOf,
  parseCharge,
  parseCount,
  parseDecimal,
  parseInteger,
  radical,
  type Table,
} from "./table";

/**
 * A V3000 record. Atoms may have any numbers as their names; bonds refer to these. A line that ends in
 * "-" continues in the next. Collections, stereo groups and the like are ignored.
 * @throws UserError if it is truncated, a field cannot be read, or there is a radical
 */
export function readV3000(lines: readonly string[], where: string): Table {
  const table: Table = { atomicNumbers: [], formalCharges: [], positions: [], bonds: [] };
  const index = new Map<string, number>();
  let counts: number[] | undefined;
  let block = "";
  for (const line of tableLines(lines, where)) {
    const words = line.split(/\s+/);
    if (words[0] === "COUNTS")
      counts = [1, 2].map((k) => parseCount(words[k] ?? "", "a count", where));
    else if (words[0] === "BEGIN") block = words[1];
    else if (words[0] === "END") block = "";
    else if (block === "ATOM") readAtom(words, table, index, where);
    else if (block === "BOND") {
      const [, type, a, b] = words;
      const [from, to] = [a, b].map((name) => index.get(name) ?? Number.NaN);
      if (Number.isNaN(from) || Number.isNaN(to))
        throw new UserError(
          `${where} has a bond between atoms ${a} and ${b}, which do not both exist.`,
        );
      table.bonds.push(
        bondOf(from, to, parseInteger(type, "the type of a bond", where), index.size, where),
      );
    }
  }
  const found = [table.atomicNumbers.length, table.bonds.length];
  if (counts?.[0] !== found[0] || counts[1] !== found[1])
    throw new UserError(
      `${where} has ${found[0]} atoms and ${found[1]} bonds; its counts line says ` +
        `${counts ? `${counts[0]} and ${counts[1]}` : "nothing"}.`,
    );
  return table;
}

function readAtom(words: string[], table: Table, index: Map<string, number>, where: string): void {
  const [name, symbol, ...rest] = words;
  const at = `${where}, atom ${name}`;
  if (rest.length < 3)
    throw new UserError(`${at} has ${rest.length} coordinates instead of three.`);
  index.set(name, index.size + 1);
  addElement(table, symbol, at);
  for (let c = 0; c < 3; c++) table.positions.push(parseDecimal(rest[c], "a coordinate", at));
  const charge = rest.find((word) => word.startsWith("CHG="));
  table.formalCharges.push(charge ? parseCharge(charge.slice(4), at) : 0);
  const mass = rest.find((word) => word.startsWith("MASS="));
  if (mass) table.isotope ??= mass;
  const unpaired = rest.find((word) => word.startsWith("RAD="));
  if (unpaired && unpaired !== "RAD=0") throw radical(at);
}

/** The contents of the "M  V30" lines up to "M  END", continued ones joined. */
function tableLines(lines: readonly string[], where: string): string[] {
  const found: string[] = [];
  let open = "";
  for (const line of lines.slice(4)) {
    if (line.startsWith("M  END")) return found;
    if (!line.startsWith("M  V30")) continue;
    const text = open + line.slice(6).trim();
    if (text.endsWith("-")) open = text.slice(0, -1);
    else {
      found.push(text);
      open = "";
    }
  }
  throw new UserError(`${where} is truncated: it has no line "M  END".`);
}
