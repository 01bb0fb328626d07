import { suggestion, UserError } from "../../../errors";
import { countOf } from "../../../format";

/** Most columns that a label is explained by: work grows with their square. */
export const MOST_INPUTS = 100;

export interface TableOptions {
  /** Column of the labels. @defaultValue the last that is used */
  readonly target?: string | undefined;
  /** Columns that are not used. */
  readonly without?: readonly string[] | undefined;
}

/** The columns that are used: the inputs in the order of the file, and then the target. */
export interface Columns {
  readonly names: readonly string[];
  /** Their places in a row of the file. */
  readonly at: readonly number[];
  /** Number of fields of a row. */
  readonly fields: number;
}

/**
 * Chooses columns by the header of a table.
 * @throws UserError if it is none, a name is unknown or there twice, or too few or many columns are left
 */
export function chooseColumns(
  header: readonly string[],
  { target, without = [] }: TableOptions,
  where: string,
): Columns {
  const names = header.map((name) => name.trim());
  if (names.every((name) => name !== "" && Number.isFinite(Number(name))))
    throw new UserError(
      `The first line of ${where} is numbers; a table begins with a line of column names. Add one.`,
    );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new UserError(`${where} has two columns "${twice}". Give each a name of its own.`);
  for (const name of [...without, ...(target === undefined ? [] : [target])])
    if (!names.includes(name))
      throw new UserError(
        `${where} has no column "${name}".${suggestion(name, names)} Its columns are ${names.join(", ")}.`,
      );
  if (target !== undefined && without.includes(target))
    throw new UserError(`The column "${target}" cannot be the target and be left out at once.`);
  const used = names.filter((name) => !without.includes(name));
  const label = target ?? used.at(-1);
  const inputs = used.filter((name) => name !== label);
  if (label === undefined || inputs.length === 0)
    throw new UserError(
      `${where} has ${countOf(used.length, "column")} to use (${used.join(", ") || "none"}); a regression needs a target and at least one other.`,
    );
  if (inputs.length > MOST_INPUTS)
    throw new UserError(
      `${where} has ${inputs.length} columns besides its target; at most ${MOST_INPUTS} can be used. Leave some out: --without NAME,NAME.`,
    );
  const chosen = [...inputs, label];
  return { names: chosen, at: chosen.map((name) => names.indexOf(name)), fields: names.length };
}
