import { formula } from "./formula";
import { requireIteration, requireShare } from "./ranges";

/** Wrong answers are put right with chance β a round. */
export interface WeakLabels {
  /** ε, share of wrong answers at n = 1. */
  readonly epsilon: number;
  readonly beta: number;
  readonly n: number;
}

/** Share of wrong answers, ε(1 − β)^(n−1): exact if only wrong ones are put before the labeller (derived). */
export const weakLabelsError = formula<WeakLabels>({
  title: "Wrong answers after n rounds with a weak labeller",
  left: "e_n",
  expression: "epsilon * (1 - beta)^(n - 1)",
  check({ epsilon, beta, n }) {
    requireShare("epsilon (ε)", epsilon);
    requireShare("beta (β)", beta);
    requireIteration(n);
  },
});
