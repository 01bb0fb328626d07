import type { ZodType } from "zod";
import type { Claim } from "../claims/claim";
import type { Figure, Provenance } from "../figures/figure";
import type { Row } from "../metrics/row";
import type { RunStore } from "../store/runStore";
import type { Forecast } from "./forecast/forecast";
import type { Session } from "./session";

/** `quick`: minutes, offline data; `laptop`: hours, real data; `paper`: the published setting. */
export const PRESETS = ["quick", "laptop", "paper"] as const;
export type PresetName = (typeof PRESETS)[number];

export type { Row };

/**
 * One family of the paper. Every family has the same anatomy and the same file names:
 * `presets`, `task`, `run`, `figures`, `claims`, and `index`, which exports this value.
 */
export interface Experiment<P = unknown> {
  /** "linear", "images", …: the name of `--only` and of its folders. */
  readonly name: string;
  readonly title: string;
  /** Notebook files without ending, in `notebooks/`, in the order of reading. */
  readonly notebooks: readonly string[];
  /** Validates a preset; unknown keys are refused. */
  readonly schema: ZodType<P>;
  readonly presets: Readonly<Partial<Record<PresetName, P>>>;
  /** Why a preset is missing, as the end of a sentence: "its network is not written yet". */
  readonly missing?: Readonly<Partial<Record<PresetName, string>>>;
  /** What is still to do for a preset and what that costs; nothing is computed, no data are read. */
  forecast(preset: P, store: RunStore): Forecast;
  /** Computes what is missing and returns all records of the preset. */
  run(preset: P, session: Session): Promise<Row[]>;
  /** Records → figures. Pure. */
  figures(rows: readonly Row[], preset: P, provenance: Provenance): Figure[];
  /** Records → the paper's statements with estimates and verdicts. Pure. */
  claims(rows: readonly Row[], preset: P): Claim[];
  /** Data set, seeds and the difference from the paper, for captions. Pure. */
  describe(preset: P): Pick<Provenance, "dataset" | "seeds" | "differs">;
}
