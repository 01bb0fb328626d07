import type { Grammar } from "./grammar";
import type { State } from "./machine";
import { startOf, stepOf } from "./machine";

/** One choice in a derivation. */
export interface Choice {
  /** The rule or slot. */
  readonly of: string;
  /** The chosen text, as written in the grammar. */
  readonly option: string;
  /** Its probability there. */
  readonly probability: number;
}

/** The choices that produce a text, from left to right. */
export type Derivation = readonly Choice[];

/**
 * All derivations of exactly this text. In an unambiguous grammar ({@link ambiguity}) each of its
 * texts has one, and any other string none.
 */
export function derivationsOf(grammar: Grammar, text: string): Derivation[] {
  const derivations: Derivation[] = [];
  parse(grammar, text, startOf(grammar), 0, undefined, (last) => derivations.push(unroll(last)));
  return derivations;
}

/** Choices from last to first: a linked list, so that branches share their common beginning. */
interface Trail {
  readonly choice: Choice;
  readonly before: Trail | undefined;
}

function parse(
  grammar: Grammar,
  text: string,
  state: State,
  at: number,
  trail: Trail | undefined,
  onEnd: (last: Trail | undefined) => void,
): void {
  const step = stepOf(grammar, state);
  const go = (written: string, next: State, choice?: Choice) => {
    if (text.startsWith(written, at))
      parse(
        grammar,
        text,
        next,
        at + written.length,
        choice ? { choice, before: trail } : trail,
        onEnd,
      );
  };
  switch (step.kind) {
    case "end":
      if (at === text.length) onEnd(trail);
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
