import type { Place } from "../../data/own/files";
import type { Reading } from "../../data/own/readFile";
import type { Preset } from "../preset";
import type { Session } from "../session";
import { type Chosen, choosePreset } from "./choosePreset";
import type { Survey } from "./kind";
import type { AnyKind } from "./kinds";
import { stored } from "./stored";

/** How much of the paper's experiment is run. */
export interface Effort {
  /** About how long the first run may take. */
  readonly minutes: number;
  /** Models of each chain. */
  readonly iterations?: number | undefined;
  /** Repetitions. */
  readonly seeds?: number | undefined;
}

/** What is needed to look into the data. */
export interface Prepared {
  readonly kind: AnyKind;
  readonly survey: Survey;
  readonly place: Place;
  readonly reading: Reading;
  readonly session: Session;
}

/** The preset for these data and minutes; once chosen it stays, whatever is measured later. */
export async function presetFor(
  key: object,
  { kind, survey, place, reading, session }: Prepared,
  { minutes, iterations, seeds }: Effort,
): Promise<Chosen> {
  // The files' name is in the sentences, and not in what is run.
  const { said: _, ...found } = survey;
  const asked = { minutes, iterations: iterations ?? null, seeds: seeds ?? null };
  return stored(session, { ...key, name: "own plan", found, ...asked }, async () => {
    const networks = kind.presets(survey).map((sizes) =>
      sizes.map(({ items, preset }) => ({
        items,
        preset: withRepeats(preset, iterations, seeds),
      })),
    );
    const settle = async (preset: Preset<object>) =>
      (await kind.settle?.(preset, survey, place, reading)) ?? preset;
    return choosePreset(kind, networks, minutes, session, settle);
  });
}

/** The preset with other numbers of iterations and seeds. */
function withRepeats(
  preset: Preset<object>,
  iterations: number | undefined,
  seeds: number | undefined,
): Preset<object> {
  const repeats = { ...(iterations ? { iterations } : {}), ...(seeds ? { seeds } : {}) };
  const variants = preset.variants.map((variant) => ({
    ...variant,
    chains: variant.chains.map((chains) => ({ ...chains, ...repeats })),
  }));
  return { ...preset, variants };
}
