import { display } from "./kernel";

/** Shows a formula written in LaTeX, without dollar signs. */
export function formula(latex: string): void {
  display({ "text/latex": `$$${latex}$$`, "text/plain": latex });
}
