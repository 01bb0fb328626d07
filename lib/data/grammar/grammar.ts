import { suggestion, UserError } from "../../errors";

/** Rule → its texts and their weights; a text is drawn at every use. */
export type Rules = Readonly<Record<string, Readonly<Record<string, number>>>>;
/** Slot → [weight, text, attributes]; drawn at the first use and fixed from then on. */
export type Slots = Readonly<Record<string, readonly Entry[]>>;
export type Entry = readonly [
  weight: number,
  text: string,
  attributes?: Readonly<Record<string, string>>,
];

/** An element of a rule's text. */
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
  /** The rule `RULE:VALUE`, where VALUE is an attribute of a slot that was drawn before. */
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
  /** The values of its attributes that steer rules: all that later choices depend on. */
  readonly kind: string;
}

/** A probabilistic grammar without recursion, with slots that keep their value through a text. */
export interface Grammar {
  /** The start rule. */
  readonly start: readonly Part[];
  readonly rules: ReadonlyMap<string, readonly RuleOption[]>;
  readonly slots: ReadonlyMap<string, readonly SlotValue[]>;
}

/**
 * Builds a grammar from rules and slots and checks that every name in braces exists.
 * @throws UserError for an unknown name, a weight that is not positive, or an empty rule
 */
export function buildGrammar(rules: Rules, slots: Slots, start: string): Grammar {
  const names = { rules: Object.keys(rules), slots };
  if (!rules[start])
    throw new UserError(`The grammar has no rule "${start}".${suggestion(start, names.rules)}`);
  const steering = new Map<string, Set<string>>();
  const parsedRules = new Map<string, RuleOption[]>();
  for (const [rule, texts] of Object.entries(rules)) {
    const probabilities = normalise(`Rule "${rule}"`, Object.values(texts));
    const options = Object.keys(texts).map((text, i) => ({
      text,
      probability: probabilities[i],
      parts: partsOf(text, rule, names),
    }));
    for (const part of options.flatMap((option) => option.parts))
      if (part.kind === "steered")
        steering.set(part.slot, (steering.get(part.slot) ?? new Set()).add(part.attribute));
    parsedRules.set(rule, options);
  }
  const values = new Map<string, SlotValue[]>();
  for (const [slot, entries] of Object.entries(slots)) {
    const probabilities = normalise(
      `Slot "${slot}"`,
      entries.map(([weight]) => weight),
    );
    const by = [...(steering.get(slot) ?? [])];
    values.set(
      slot,
      entries.map(([, text, attributes = {}], i) => ({
        text,
        probability: probabilities[i],
        attributes,
        kind: by.map((attribute) => attributes[attribute]).join(","),
      })),
    );
  }
  return { start: [{ kind: "rule", rule: start }], rules: parsedRules, slots: values };
}

function normalise(what: string, weights: readonly number[]): number[] {
  if (weights.length === 0) throw new UserError(`${what} of the grammar is empty.`);
  for (const weight of weights)
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new UserError(
        `${what} of the grammar has the weight ${weight}; a weight must be positive.`,
      );
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
        const valid = [...names.rules, ...Object.keys(names.slots)];
        return refuse(`is not a rule or slot.${suggestion(slot ?? name, valid)}`);
      }
      const lower = attribute?.replace(/^./, (letter) => letter.toLowerCase());
      for (const [, entry, attributes] of entries)
        if (lower !== undefined && attributes?.[lower] === undefined)
          refuse(`uses an attribute that "${entry}" does not have.`);
        else if (
          steered !== undefined &&
          !names.rules.includes(`${steered}:${attributes?.[lower ?? ""]}`)
        )
          refuse(`needs a rule "${steered}:${attributes?.[lower ?? ""]}".`);
      if (steered !== undefined && lower !== undefined)
        return { kind: "steered", rule: steered, slot, attribute: lower };
      return { kind: "slot", slot, attribute: lower, capital: lower !== attribute };
    });
}
