import type { Grammar, Part, RuleOption, SlotValue } from "./grammar";

/**
 * A position in a derivation: what is still to be written, and the slots drawn so far. A slot maps to
 * its possible values: one while a text is sampled or parsed, all of one kind where
 * {@link expectation} follows them together.
 */
export interface State {
  readonly pending: Pending | undefined;
  readonly chosen: Readonly<Record<string, readonly SlotValue[]>>;
}

/** The parts from `at`, then the rest: a linked list. */
interface Pending {
  readonly parts: readonly Part[];
  readonly at: number;
  readonly rest: Pending | undefined;
}

/** The next step from a state. Sampling, parsing and expectations are walks over these steps. */
export type Step =
  | { readonly kind: "end" }
  | { readonly kind: "text"; readonly text: string; readonly next: State }
  | {
      readonly kind: "rule";
      readonly rule: string;
      readonly options: readonly RuleOption[];
      next(option: RuleOption): State;
    }
  | {
      readonly kind: "slot";
      readonly slot: string;
      /** Whether the value is drawn here, or was drawn earlier. */
      readonly fresh: boolean;
      readonly values: readonly SlotValue[];
      /** The text written for a value. */
      text(value: SlotValue): string;
      next(values: readonly SlotValue[]): State;
    };

export function startOf(grammar: Grammar): State {
  return { pending: { parts: grammar.start, at: 0, rest: undefined }, chosen: {} };
}

export function stepOf(grammar: Grammar, { pending, chosen }: State): Step {
  if (!pending) return { kind: "end" };
  const part = pending.parts[pending.at];
  const rest = after(pending);
  switch (part.kind) {
    case "text":
      return { kind: "text", text: part.text, next: { pending: rest, chosen } };
    case "rule":
    case "steered": {
      const rule = part.kind === "rule" ? part.rule : steeredRule(part, chosen);
      return {
        kind: "rule",
        rule,
        options: grammar.rules.get(rule) ?? [],
        next: (option) => ({ pending: before(option.parts, rest), chosen }),
      };
    }
    case "slot":
      return {
        kind: "slot",
        slot: part.slot,
        fresh: chosen[part.slot] === undefined,
        values: chosen[part.slot] ?? grammar.slots.get(part.slot) ?? [],
        text: (value) => textOf(part, value),
        next: (values) => ({ pending: rest, chosen: { ...chosen, [part.slot]: values } }),
      };
  }
}

function before(parts: readonly Part[], rest: Pending | undefined): Pending | undefined {
  return parts.length > 0 ? { parts, at: 0, rest } : rest;
}

function after({ parts, at, rest }: Pending): Pending | undefined {
  return at + 1 < parts.length ? { parts, at: at + 1, rest } : rest;
}

const partIds = new WeakMap<readonly Part[], number>();
let nextId = 0;

/** Equal for states with the same distribution over what follows. */
export function keyOf({ pending, chosen }: State): string {
  const keys: string[] = [];
  for (let list = pending; list; list = list.rest) {
    if (!partIds.has(list.parts)) partIds.set(list.parts, nextId++);
    keys.push(`${partIds.get(list.parts)}.${list.at}`);
  }
  for (const slot of Object.keys(chosen).sort()) {
    const values = chosen[slot];
    keys.push(`${slot}=${values.length === 1 ? values[0].text : values[0].kind}`);
  }
  return keys.join(" ");
}

function steeredRule(part: Part & { kind: "steered" }, chosen: State["chosen"]): string {
  const values = chosen[part.slot];
  if (!values)
    throw new RangeError(`{${part.rule}:${part.slot}} is used before ${part.slot} was drawn`);
  return `${part.rule}:${values[0].attributes[part.attribute]}`;
}

function textOf(part: Part & { kind: "slot" }, value: SlotValue): string {
  const text = part.attribute === undefined ? value.text : value.attributes[part.attribute];
  return part.capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
