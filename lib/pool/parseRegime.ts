import { z } from "zod";
import { suggestion, UserError } from "../errors";
import type { CurationInput } from "./curation/spec";
import type { Regime, RegimeSpec } from "./regime";
import {
  accumulate,
  accumulateFresh,
  accumulateSubsample,
  curated,
  ecosystem,
  freshReal,
  growing,
  keepReal,
  realAndLatest,
  replace,
  replaceGrowing,
  replaceMultiple,
  weightedReal,
} from "./regimes";

interface Kind {
  readonly options: z.ZodObject;
  make(options: unknown): Regime;
}

/** A kind with its options, as they are validated. */
function kind<Shape extends z.ZodRawShape>(
  shape: Shape,
  make: (options: z.infer<z.ZodObject<Shape, z.core.$strict>>) => Regime,
): Kind {
  const options = z.strictObject(shape);
  return { options, make: (given) => make(given as z.infer<typeof options>) };
}

const number = z.number();

/** A new regime needs one line here and nothing else. */
const KINDS: Readonly<Record<string, Kind>> = {
  replace: kind({}, () => replace),
  accumulate: kind({}, () => accumulate),
  "replace-multiple": kind({}, () => replaceMultiple),
  "accumulate-subsample": kind({}, () => accumulateSubsample),
  "keep-real": kind({ share: number }, ({ share }) => keepReal(share)),
  "fresh-real": kind({ share: number, items: number }, ({ share, items }) =>
    freshReal(share, items),
  ),
  "accumulate-fresh": kind({ share: number, items: number }, ({ share, items }) =>
    accumulateFresh(share, items),
  ),
  ecosystem: kind(
    {
      models: z.array(z.string()),
      real: z.string(),
      syntheticShare: number,
      privateShare: number,
    },
    (options) => ecosystem(options),
  ),
  "real-and-latest": kind({ ratio: number }, ({ ratio }) => realAndLatest(ratio)),
  "weighted-real": kind(
    { weight: number, ratio: number.optional(), items: number.optional() },
    ({ weight, ratio = 1, items }) =>
      weightedReal({ weight, ratio, ...(items === undefined ? {} : { items }) }),
  ),
  growing: kind({ factor: number }, ({ factor }) => growing(factor)),
  "replace-growing": kind({ exponent: number }, ({ exponent }) => replaceGrowing(exponent)),
  curated: kind(
    { regime: z.looseObject({ kind: z.string() }), curate: z.looseObject({ kind: z.string() }) },
    ({ regime: inner, curate }) => curated(regime(inner), curate as CurationInput),
  ),
};

/** What `kind` may be in a {@link RegimeSpec}. */
export const regimeNames: readonly string[] = Object.keys(KINDS);

/**
 * The regime that a config or a command line names: `{ kind: "keep-real", share: 0.1 }`.
 * @throws UserError for an unknown kind or option, with the nearest right one, or a bad value
 */
export function regime(spec: RegimeSpec): Regime {
  const { kind: name, ...given } = spec;
  const found = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (!found)
    throw new UserError(`There is no regime "${name}".${suggestion(String(name), regimeNames)}`);
  const valid = Object.keys(found.options.shape);
  for (const key of Object.keys(given))
    if (!valid.includes(key))
      throw new UserError(
        valid.length === 0
          ? `Regime "${name}" has no options: remove "${key}".`
          : `Regime "${name}" has no option "${key}".${suggestion(key, valid)}`,
      );
  const result = found.options.safeParse(given);
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    throw new UserError(`Regime "${name}", option "${path.join(".")}": ${message}.`);
  }
  return found.make(result.data);
}
