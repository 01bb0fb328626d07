import type { Grammar } from "./grammar";
import type { State } from "./machine";
import { startOf, stepOf } from "./machine";

/** One choice on the way to a text. */
export interface Choice {
  /** The rule or slot. */
  readonly of: string;
  /** The text that was chosen, as it stands in the grammar. */
  readonly option: string;
  /** Its probability there. */
  readonly probability: number;
}

/** How a text came about: its choices from left to right. */
export type Derivation = readonly Choice[];

/**
 * All ways in which the grammar makes exactly this text. An unambiguous grammar
 * ({@link ambiguity}) has one for each of its texts and none for any other string.
 */
export function derivationsOf(grammar: Grammar, text: string): Derivation[] {
  const found: Derivation[] = [];
  read(grammar, text, startOf(grammar), 0, undefined, (last) => found.push(unroll(last)));
  return found;
}

/** Choices from the last to the first, so that branches share what they have in common. */
interface Trail {
  readonly choice: Choice;
  readonly before: Trail | undefined;
}

function read(
  grammar: Grammar,
  text: string,
  state: State,
  at: number,
  trail: Trail | undefined,
  found: (last: Trail | undefined) => void,
): void {
  const step = stepOf(grammar, state);
  const go = (written: string, next: State, choice?: Choice) => {
    if (text.startsWith(written, at))
      read(
        grammar,
        text,
        next,
        at + written.length,
        choice ? { choice, before: trail } : trail,
        found,
      );
  };
  switch (step.kind) {
    case "end":
      if (at === text.length) found(trail);
      break;
    case "text":
      go(step.text, step.next);
      break;
    case "rule":
      for (const option of step.options) go("", step.next(option), choiceOf(step.rule, option));
      break;
    case "slot":
      for (const value of step.values)
        go(
          step.text(value),
          step.next([value]),
          step.fresh ? choiceOf(step.slot, value) : undefined,
        );
  }
}

function choiceOf(of: string, option: { text: string; probability: number }): Choice {
  return { of, option: option.text, probability: option.probability };
}

function unroll(last: Trail | undefined): Derivation {
  const choices: Choice[] = [];
  for (let trail = last; trail; trail = trail.before) choices.push(trail.choice);
  return choices.reverse();
}
