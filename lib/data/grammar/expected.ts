import type { Grammar, RuleOption, SlotValue } from "./grammar";
import type { State } from "./machine";
import { keyOf, startOf, stepOf } from "./machine";

/** What a derivation earns: something for each choice and something for each piece of text. */
export interface Reward {
  /** @param of rule or slot */
  choice?(of: string, option: RuleOption | SlotValue): number;
  text?(written: string): number;
}

/**
 * The exact expectation of a reward that adds up along a derivation, by recursion over the states
 * of the grammar: E(state) = Σ over options of p · (reward + E(next state)).
 *
 * Values of a slot after which the same things happen with the same probabilities are followed
 * together; where one of them is written later, its text earns the mean over them. That is exact,
 * because an expected sum is the sum of expectations and nothing that happens depends on which of
 * them it was.
 */
export function expected(grammar: Grammar, reward: Reward): number {
  const known = new Map<string, number>();
  const visit = (state: State): number => {
    const key = keyOf(state);
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = from(state);
    known.set(key, value);
    return value;
  };
  const from = (state: State): number => {
    const step = stepOf(grammar, state);
    switch (step.kind) {
      case "end":
        return 0;
      case "text":
        return (reward.text?.(step.text) ?? 0) + visit(step.next);
      case "rule":
        return sum(step.options, (option) => {
          const earned = reward.choice?.(step.rule, option) ?? 0;
          return option.probability * (earned + visit(step.next(option)));
        });
      case "slot": {
        const total = sum(step.values, (value) => value.probability);
        return sum(byKind(step.values), (values) => {
          const earned = sum(values, (value) => {
            const choice = step.fresh ? (reward.choice?.(step.slot, value) ?? 0) : 0;
            return value.probability * (choice + (reward.text?.(step.text(value)) ?? 0));
          });
          const share = sum(values, (value) => value.probability);
          return (earned + share * visit(step.next(values))) / total;
        });
      }
    }
  };
  return visit(startOf(grammar));
}

/** The values of a slot that steer alike. */
export function byKind(values: readonly SlotValue[]): SlotValue[][] {
  const kinds = new Map<string, SlotValue[]>();
  for (const value of values) kinds.set(value.kind, [...(kinds.get(value.kind) ?? []), value]);
  return [...kinds.values()];
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
