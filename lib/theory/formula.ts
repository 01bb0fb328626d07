import type { EvalFunction, MathNode } from "mathjs";
import { math, texOf } from "./notation";

/**
 * A closed form: call it with its symbols' values, print it with `tex`. Both come from the one
 * expression, so that what a notebook shows is what computed the dashed line.
 */
export interface Formula<S extends object> {
  (values: S): number;
  /** The right-hand side as mathjs reads it. */
  readonly expression: string;
  /** "left = right" in LaTeX. */
  readonly tex: string;
  /** What it is and where it stands, in words. */
  readonly title: string;
}

/** What a closed form is made of. */
export interface FormulaParts<S extends object> {
  readonly title: string;
  /** Left-hand side in LaTeX. */
  readonly left: string;
  readonly expression: string;
  /** Throws a sentence for values outside the formula's range. */
  readonly check: (values: S) => void;
  /** Symbols of the expression that follow from the given ones, such as partial sums. */
  readonly derive?: (values: S) => Readonly<Record<string, number | readonly number[]>>;
}

/** A closed form, compiled once, when it is first called or printed. */
export function formula<S extends object>(parts: FormulaParts<S>): Formula<S> {
  const { title, left, expression, check, derive } = parts;
  let parsed: { readonly node: MathNode; readonly code: EvalFunction } | undefined;
  const compiled = () => {
    if (!parsed) {
      const node = math().parse(expression);
      parsed = { node, code: node.compile() };
    }
    return parsed;
  };
  const evaluate = (values: S): number => {
    check(values);
    const symbols = Object.entries({ ...values, ...derive?.(values) });
    // mathjs copies a plain array at every access of an element, but not a matrix.
    const scope = symbols.map(([name, value]) => [
      name,
      Array.isArray(value) ? math().matrix(value) : value,
    ]);
    return compiled().code.evaluate(Object.fromEntries(scope)) as number;
  };
  const tex = { enumerable: true, get: () => `${left} = ${texOf(compiled().node)}` };
  return Object.defineProperty(
    Object.assign(evaluate, { title, expression }),
    "tex",
    tex,
  ) as Formula<S>;
}

/** The formula at n = 1 … `iterations`. */
export function curve<S extends { readonly n: number }>(
  of: (values: S) => number,
  values: Omit<S, "n">,
  iterations: number,
): number[] {
  return Array.from({ length: iterations }, (_, i) => of({ ...values, n: i + 1 } as S));
}
