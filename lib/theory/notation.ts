import type { MathJsInstance, MathNode, OperatorNode } from "mathjs";
import { digamma, normalCumulative, normalDensity, normalQuantile } from "./special";

/** How a formula's symbols are printed; what is not listed prints as it is written. */
const SYMBOLS: Readonly<Record<string, string>> = {
  T0: "T_0",
  sigma2: "\\sigma^2",
  sigmaReal2: "\\sigma_1^2",
  sigmaLater2: "\\sigma_s^2",
  lambda: "\\lambda",
  kappa: "\\kappa",
  phi: "\\varphi",
  phi0: "\\varphi_0",
  truth2: "\\lVert w^* \\rVert^2",
  alpha: "\\alpha",
  df1: "\\mathrm{df}_1",
  df2: "\\mathrm{df}_2",
  alpha_B: "\\alpha_B",
  beta_B: "\\beta_B",
  pi: "\\pi",
  tau: "\\tau",
  omega: "\\omega",
  epsilon: "\\varepsilon",
  beta: "\\beta",
  Delta: "\\Delta",
};

type Scope = ReadonlyMap<string, unknown>;

/** A repeated operation over an index: `series(term, i, from, to)`, `product(term, i, from, to)`. */
function over(sign: string, start: number, combine: (a: number, b: number) => number) {
  const compiled = new WeakMap<MathNode, { evaluate(scope: unknown): unknown }>();
  const evaluate = (args: MathNode[], _math: unknown, scope: Scope): number => {
    const [term, index, from, to] = args;
    let code = compiled.get(term);
    if (!code) {
      code = term.compile();
      compiled.set(term, code);
    }
    const local = new Map<string, unknown>(scope);
    const last = to.evaluate(local as never) as number;
    let result = start;
    for (let i = from.evaluate(local as never) as number; i <= last; i++) {
      local.set(index.toString(), i);
      result = combine(result, code.evaluate(local) as number);
    }
    return result;
  };
  const toTex = (node: { args: MathNode[] }, options: object): string => {
    const [term, index, from, to] = node.args;
    const [t, i, low, high] = [term, index, from, to].map((arg) => arg.toTex(options).trim());
    return `${sign}_{${i}=${low}}^{${high}} ${isSum(term) ? `\\left(${t}\\right)` : t}`;
  };
  return Object.assign(evaluate, { rawArgs: true, toTex });
}

/** A function of one number and the sign that it is printed by. */
function printedAs(sign: string, of: (x: number) => number) {
  // A function of its own, since mathjs hangs its notes on it.
  return Object.assign((x: number) => of(x), { toTex: `${sign}\\left(\${args[0]}\\right)` });
}

let instance: MathJsInstance | undefined;

/** The mathjs instance of the closed forms: its arithmetic plus finite sums and products. */
export function math(): MathJsInstance {
  if (instance) return instance;
  // It takes a second to load, which a command that evaluates no formula should not wait for.
  const { all, create } = require("mathjs") as typeof import("mathjs");
  instance = create(all);
  instance.import({
    series: over("\\sum", 0, (a, b) => a + b),
    product: over("\\prod", 1, (a, b) => a * b),
    digamma: printedAs("\\psi", digamma),
    normalDensity: printedAs("\\varphi", normalDensity),
    normalCumulative: printedAs("\\Phi", normalCumulative),
    normalQuantile: printedAs("\\Phi^{-1}", normalQuantile),
  });
  return instance;
}

/** a + b or a − b: what needs brackets after a sum or product sign. */
function isSum(node: MathNode): boolean {
  return math().isOperatorNode(node) && node.isBinary() && (node.op === "+" || node.op === "-");
}

function isSeriesPower(node: MathNode): node is OperatorNode {
  if (!math().isOperatorNode(node) || node.op !== "^") return false;
  const [base] = node.args as MathNode[];
  return math().isFunctionNode(base) && base.fn.name === "series";
}

/** LaTeX of an expression, in the symbols of the field. */
export function texOf(node: MathNode): string {
  const handler = (part: MathNode, options: object): string | undefined => {
    if (math().isSymbolNode(part)) return SYMBOLS[part.name] ?? part.name;
    if (!isSeriesPower(part)) return undefined;
    const [base, power] = (part.args as MathNode[]).map((arg) => arg.toTex(options));
    return `\\left(${base}\\right)^{${power}}`;
  };
  const tex = node.toTex({ handler, parenthesis: "auto", implicit: "hide" });
  return tex.replace(/\\cdot/g, "\\,").replace(/\s+/g, " ");
}
