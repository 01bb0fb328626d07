import { z } from "zod";
import { suggestion, UserError } from "../errors";
import type { Regime, RegimeSpec } from "./regime";
import {
  accumulate,
  accumulateSubsample,
  freshReal,
  growing,
  keepReal,
  replace,
  replaceMultiple,
} from "./regimes";

interface Kind {
  readonly options: z.ZodObject;
  make(options: Readonly<Record<string, number>>): Regime;
}

const none = z.strictObject({});

/** A new regime needs one line here and nothing else. */
const KINDS: Readonly<Record<string, Kind>> = {
  replace: { options: none, make: () => replace },
  accumulate: { options: none, make: () => accumulate },
  "replace-multiple": { options: none, make: () => replaceMultiple },
  "accumulate-subsample": { options: none, make: () => accumulateSubsample },
  "keep-real": {
    options: z.strictObject({ share: z.number() }),
    make: ({ share }) => keepReal(share),
  },
  "fresh-real": {
    options: z.strictObject({ share: z.number(), items: z.number() }),
    make: ({ share, items }) => freshReal(share, items),
  },
  growing: {
    options: z.strictObject({ factor: z.number() }),
    make: ({ factor }) => growing(factor),
  },
};

/** What `kind` may be in a {@link RegimeSpec}. */
export const regimeNames: readonly string[] = Object.keys(KINDS);

/**
 * The regime that a config or a command line names: `{ kind: "keep-real", share: 0.1 }`.
 * @throws UserError for an unknown kind or option, with the nearest right one, or a bad value
 */
export function regime(spec: RegimeSpec): Regime {
  const { kind, ...given } = spec;
  const found = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!found)
    throw new UserError(`There is no regime "${kind}".${suggestion(String(kind), regimeNames)}`);
  const valid = Object.keys(found.options.shape);
  for (const key of Object.keys(given))
    if (!valid.includes(key))
      throw new UserError(
        valid.length === 0
          ? `Regime "${kind}" has no options, so "${key}" must go.`
          : `Regime "${kind}" has no option "${key}".${suggestion(key, valid)}`,
      );
  const result = found.options.safeParse(given);
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    throw new UserError(`Regime "${kind}", option "${path.join(".")}": ${message}.`);
  }
  return found.make(result.data as Record<string, number>);
}
