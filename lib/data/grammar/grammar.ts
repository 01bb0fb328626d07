import { suggestion, UserError } from "../../errors";

/** Rule → its texts and their weights; chosen anew at every use. */
export type Rules = Readonly<Record<string, Readonly<Record<string, number>>>>;
/** Slot → [weight, text, attributes]; chosen at the first use and kept to the end. */
export type Slots = Readonly<Record<string, readonly Entry[]>>;
export type Entry = readonly [
  weight: number,
  text: string,
  attributes?: Readonly<Record<string, string>>,
];

/** What a rule's text is made of. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "rule"; readonly rule: string }
  /** A slot's own text (attribute undefined) or one of its attributes. */
  | {
      readonly kind: "slot";
      readonly slot: string;
      readonly attribute: string | undefined;
      readonly capital: boolean;
    }
  /** The rule `RULE:VALUE`, VALUE being an attribute of a slot that is already chosen. */
  | {
      readonly kind: "steered";
      readonly rule: string;
      readonly slot: string;
      readonly attribute: string;
    };

export interface RuleOption {
  readonly text: string;
  readonly probability: number;
  readonly parts: readonly Part[];
}

export interface SlotValue {
  readonly text: string;
  readonly probability: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** The values of those attributes that steer rules: all of it that later choices depend on. */
  readonly kind: string;
}

/** A probabilistic grammar without recursion whose slots carry values through a text. */
export interface Grammar {
  /** The one part of which every text is made: the start rule. */
  readonly start: readonly Part[];
  readonly rules: ReadonlyMap<string, readonly RuleOption[]>;
  readonly slots: ReadonlyMap<string, readonly SlotValue[]>;
}

/**
 * Reads rules and slots and checks that every name in braces exists.
 * @throws UserError for an unknown name, a weight that is not positive, or an empty rule
 */
export function grammarOf(rules: Rules, slots: Slots, start: string): Grammar {
  const names = { rules: Object.keys(rules), slots };
  if (!rules[start])
    throw new UserError(`The grammar has no rule "${start}".${suggestion(start, names.rules)}`);
  const steering = new Map<string, Set<string>>();
  const read = new Map<string, RuleOption[]>();
  for (const [rule, texts] of Object.entries(rules)) {
    const share = shares(`Rule "${rule}"`, Object.values(texts));
    const options = Object.keys(texts).map((text, i) => ({
      text,
      probability: share[i],
      parts: partsOf(text, rule, names),
    }));
    for (const part of options.flatMap((option) => option.parts))
      if (part.kind === "steered")
        steering.set(part.slot, (steering.get(part.slot) ?? new Set()).add(part.attribute));
    read.set(rule, options);
  }
  const values = new Map<string, SlotValue[]>();
  for (const [slot, entries] of Object.entries(slots)) {
    const share = shares(
      `Slot "${slot}"`,
      entries.map(([weight]) => weight),
    );
    const by = [...(steering.get(slot) ?? [])];
    values.set(
      slot,
      entries.map(([, text, attributes = {}], i) => ({
        text,
        probability: share[i],
        attributes,
        kind: by.map((attribute) => attributes[attribute]).join(","),
      })),
    );
  }
  return { start: [{ kind: "rule", rule: start }], rules: read, slots: values };
}

function shares(what: string, weights: readonly number[]): number[] {
  if (weights.length === 0) throw new UserError(`${what} of the grammar is empty.`);
  for (const weight of weights)
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new UserError(`${what} of the grammar has the weight ${weight}: it must be above 0.`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function partsOf(text: string, rule: string, names: { rules: string[]; slots: Slots }): Part[] {
  return text
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (!piece.startsWith("{")) return { kind: "text", text: piece };
      const name = piece.slice(1, -1);
      const [, steered, slot, attribute] = /^(?:(.+):)?([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
      const refuse = (why: string): never => {
        throw new UserError(`In rule "${rule}" of the grammar, ${piece} ${why}`);
      };
      if (steered === undefined && attribute === undefined && names.rules.includes(name))
        return { kind: "rule", rule: name };
      const entries = names.slots[slot];
      if (!entries) {
        const known = [...names.rules, ...Object.keys(names.slots)];
        return refuse(`names nothing.${suggestion(slot ?? name, known)}`);
      }
      const lower = attribute?.replace(/^./, (letter) => letter.toLowerCase());
      for (const [, entry, attributes] of entries)
        if (lower !== undefined && attributes?.[lower] === undefined)
          refuse(`names an attribute that "${entry}" does not have.`);
        else if (
          steered !== undefined &&
          !names.rules.includes(`${steered}:${attributes?.[lower ?? ""]}`)
        )
          refuse(`has no rule "${steered}:${attributes?.[lower ?? ""]}".`);
      if (steered !== undefined && lower !== undefined)
        return { kind: "steered", rule: steered, slot, attribute: lower };
      return { kind: "slot", slot, attribute: lower, capital: lower !== attribute };
    });
}
