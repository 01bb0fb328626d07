import { suggestion, UserError } from "../errors";
import type { Figure } from "./figure";

/**
 * The figure with this name, or the first whose name begins with it.
 * @throws UserError naming the nearest figure if there is none
 * @example await show(figureNamed(figures, "figure-05"));
 */
export function figureNamed(figures: readonly Figure[], start: string): Figure {
  const found =
    figures.find(({ name }) => name === start) ??
    figures.find(({ name }) => name.startsWith(`${start}-`));
  if (found) return found;
  const names = figures.map(({ name }) => name);
  throw new UserError(`There is no figure "${start}".${suggestion(start, names)}`);
}
