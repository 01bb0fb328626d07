import { byKind } from "../../../lib/data/grammar/expectation";
import type { Grammar } from "../../../lib/data/grammar/grammar";
import type { State } from "../../../lib/data/grammar/machine";
import { keyOf, startOf, stepOf } from "../../../lib/data/grammar/machine";

/**
 * Searches for a text with two derivations. Two derivations of one text diverge at some first choice;
 * so for each reachable choice, every pair of options is followed in parallel for as long as both
 * sides write the same text. `undefined` proves the grammar unambiguous.
 *
 * The search is conservative: after the first choice, each side may pick a new value at every use of
 * a slot, so it may report a text that no real pair of derivations shares, but never misses one.
 * @returns the end of such a text, from the choice on
 */
export function ambiguity(grammar: Grammar): string | undefined {
  const states = new Set<string>();
  const pairs = new Set<string>();
  const open: State[] = [startOf(grammar)];
  for (let state = open.pop(); state; state = open.pop()) {
    if (states.has(keyOf(state))) continue;
    states.add(keyOf(state));
    const ways = choices(grammar, state);
    for (let i = 0; i < ways.length; i++)
      for (let j = 0; j < i; j++) {
        const text = commonText(grammar, ways[i], ways[j], "", pairs);
        if (text !== undefined) return text;
      }
    open.push(...branches(grammar, state).map((way) => way.state));
  }
  return undefined;
}

/** Text that the other side has not matched yet, and the state after it. */
interface Side {
  readonly written: string;
  readonly state: State;
}

/** One side per option of a choice; empty if there is nothing to choose. */
function choices(grammar: Grammar, state: State): Side[] {
  const step = stepOf(grammar, state);
  if (step.kind !== "slot") return branches(grammar, state);
  if (!step.fresh) return [];
  return step.values.map((value) => ({ written: step.text(value), state: step.next([value]) }));
}

/** Every possible next step; values that steer alike share the state after it. Empty at the end of a text. */
function branches(grammar: Grammar, state: State): Side[] {
  const step = stepOf(grammar, state);
  switch (step.kind) {
    case "end":
      return [];
    case "text":
      return [{ written: step.text, state: step.next }];
    case "rule":
      return step.options.map((option) => ({ written: "", state: step.next(option) }));
    case "slot":
      return byKind(step.values).flatMap((values) => {
        const next = step.next(values);
        return values.map((value) => ({ written: step.text(value), state: next }));
      });
  }
}

/** A text that both sides can end with, if there is one; skips pairs already visited. */
function commonText(
  grammar: Grammar,
  a: Side,
  b: Side,
  before: string,
  pairs: Set<string>,
): string | undefined {
  const n = Math.min(a.written.length, b.written.length);
  const shared = a.written.slice(0, n);
  if (shared !== b.written.slice(0, n)) return undefined;
  // The side that is behind, with no unmatched text, moves on.
  const [behind, ahead] = a.written.length === n ? [a, b] : [b, a];
  const rest = { ...ahead, written: ahead.written.slice(n) };
  const pair = `${keyOf(behind.state)}|${keyOf(rest.state)}|${rest.written}`;
  if (pairs.has(pair)) return undefined;
  pairs.add(pair);
  const text = before + shared;
  const ways = branches(grammar, behind.state);
  if (ways.length === 0) {
    if (rest.written !== "") return undefined;
    const others = branches(grammar, rest.state);
    if (others.length === 0) return text;
    const end = { written: "", state: behind.state };
    return firstResult(others, (way) =>
      way.written === "" ? commonText(grammar, way, end, text, pairs) : undefined,
    );
  }
  return firstResult(ways, (way) => commonText(grammar, rest, way, text, pairs));
}

function firstResult<T, R>(items: readonly T[], search: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const result = search(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
