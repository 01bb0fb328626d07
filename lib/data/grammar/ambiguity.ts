import { byKind } from "./expected";
import type { Grammar } from "./grammar";
import type { State } from "./machine";
import { keyOf, startOf, stepOf } from "./machine";

/**
 * Looks for a text that can come about in two ways. Two derivations of one text part at some first
 * choice; so for each choice that can be reached, each two options are followed side by side, as
 * long as they write the same. `undefined` proves the grammar unambiguous.
 *
 * The proof is on the safe side: past the first choice each side may take another value at every use of a
 * slot, so that agreement there tells no two texts apart.
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
        const text = common(grammar, ways[i], ways[j], "", pairs);
        if (text !== undefined) return text;
      }
    open.push(...branches(grammar, state).map((way) => way.state));
  }
  return undefined;
}

/** What has been written and not yet been matched by the other side, and the state after it. */
interface Side {
  readonly written: string;
  readonly state: State;
}

/** One side for each option of a choice; none where there is nothing to choose. */
function choices(grammar: Grammar, state: State): Side[] {
  const step = stepOf(grammar, state);
  if (step.kind !== "slot") return branches(grammar, state);
  if (!step.fresh) return [];
  return step.values.map((value) => ({ written: step.text(value), state: step.next([value]) }));
}

/** All that may be written next, values that steer alike taken together after it; none at the end of a text. */
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

/** A text that both sides can end with, if there is one; pairs that were looked at are passed over. */
function common(
  grammar: Grammar,
  a: Side,
  b: Side,
  before: string,
  pairs: Set<string>,
): string | undefined {
  const n = Math.min(a.written.length, b.written.length);
  const shared = a.written.slice(0, n);
  if (shared !== b.written.slice(0, n)) return undefined;
  // The side that is behind, and has nothing left to be matched, goes on.
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
    return first(others, (way) =>
      way.written === "" ? common(grammar, way, end, text, pairs) : undefined,
    );
  }
  return first(ways, (way) => common(grammar, rest, way, text, pairs));
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
