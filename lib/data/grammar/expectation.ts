import type { Grammar, RuleOption, SlotValue } from "./grammar";
import type { State } from "./machine";
import { keyOf, startOf, stepOf } from "./machine";

/** The reward of a derivation: a sum over its choices and its pieces of text. */
export interface Reward {
  /** @param of rule or slot */
  choice?(of: string, option: RuleOption | SlotValue): number;
  text?(written: string): number;
}

/**
 * The exact expectation of a reward that is additive along a derivation, by recursion over the
 * grammar's states: E(state) = Σ over options of p · (reward + E(next state)).
 *
 * Values of a slot that steer later choices alike are followed together; when one of them is written
 * later, its text earns the mean over them. That is exact by linearity of expectation, because no
 * later choice depends on which of them it was.
 */
export function expectation(grammar: Grammar, reward: Reward): number {
  const memo = new Map<string, number>();
  const visit = (state: State): number => {
    const key = keyOf(state);
    const cached = memo.get(key);
    if (cached !== undefined) return cached;
    const value = from(state);
    memo.set(key, value);
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

/** Groups the values of a slot that steer alike. */
export function byKind(values: readonly SlotValue[]): SlotValue[][] {
  const kinds = new Map<string, SlotValue[]>();
  for (const value of values) kinds.set(value.kind, [...(kinds.get(value.kind) ?? []), value]);
  return [...kinds.values()];
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
