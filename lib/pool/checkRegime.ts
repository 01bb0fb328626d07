import { UserError } from "../errors";
import type { Plan, Regime } from "./regime";

/** A regime whose plan is only asked for with whole numbers from 1 on. */
export function namedRegime(name: string, plan: (n: number, T: number) => Plan): Regime {
  return {
    name,
    plan(n, realItems) {
      checkCount(n, "model-fitting iteration");
      checkCount(realItems, "number of real items");
      return plan(n, realItems);
    },
  };
}

/** @throws UserError unless the value is a whole number from 1 on */
export function checkCount(value: number, what: string): void {
  if (!(Number.isSafeInteger(value) && value >= 1))
    throw new UserError(`The ${what} must be a whole number from 1 on, not ${value}.`);
}

/** @throws UserError unless the share lies in (0, 1), or (0, 1] if `closed` */
export function checkShare(share: number, closed = false): void {
  if (!(share > 0 && (closed ? share <= 1 : share < 1)))
    throw new UserError(
      `The share of real data must lie between 0 and 1, not ${share}: write 0.1 for 10 %.`,
    );
}

/** @throws UserError unless the value is a positive number */
export function checkPositive(value: number, what: string): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new UserError(`The ${what} must be a positive number, not ${value}.`);
}

export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))}%`;
}
