import type { RegimeSpec } from "../../../pool/regime";
import type { Changes } from "../../changes";
import { MAIN } from "../../preset";
import type { AtlasConfig } from "../config";

/** How sure a statement's wording is: it stands in the paper, it is quoted from memory, or it is ours. */
export type Provenance = "read" | "recalled" | "derived";

/** What a claim of a neighbouring paper is made of. Everything about it stands in one file. */
export interface Entry {
  /** In claims, figures and records: "golden-ratio". */
  readonly id: string;
  readonly title: string;
  /** The claim in a sentence. */
  readonly claim: string;
  readonly source: { readonly paper: string; readonly how: Provenance };
  /** LaTeX of its closed forms, printed from the expressions that compute them. */
  readonly formulas: () => readonly string[];
  /** What goes through the loop. */
  runs(size: Size): readonly Run[];
  /** What is measured, and what it should be. */
  readonly curves: readonly Curve[];
  readonly figure: {
    readonly y: string;
    readonly log?: boolean;
    /** What a trivial model would score, drawn dotted. */
    readonly baseline: { readonly value: number; readonly name: string };
    /** Panel of a curve, where there are several. */
    readonly panels?: readonly string[];
  };
}

/** How large a preset runs the entries. */
export interface Size {
  /** Picks one of two numbers. */
  pick<T>(quick: T, laptop: T): T;
}

/** One chain or more of the model–data loop. */
export interface Run {
  readonly name: string;
  /** The world: what differs from the first entry's Gaussian. */
  readonly changes: Changes;
  readonly regime: RegimeSpec;
  readonly iterations: number;
  /** Default 1: replicates are seeds enough where nothing random is shared by them. */
  readonly seeds?: number;
}

export interface Curve {
  /** In the claim's id. */
  readonly id: string;
  /** Name of its run. */
  readonly run: string;
  readonly label: string;
  readonly panel?: string;
  /** Measure of the world, and a factor that makes it comparable. */
  readonly measure: string;
  readonly scale?: (config: AtlasConfig) => number;
  /** The exact value of models 1 … N. */
  exact(config: AtlasConfig, iterations: number): readonly number[];
  /**
   * What the claim is: the measured mean is the exact value ("equal", the default), is not above or not
   * below it; all within 3 standard errors. "shown" claims nothing.
   */
  readonly claims?: "equal" | "not-above" | "not-below" | "shown";
  /** In the claim's statement, after the entry's: what is compared. */
  readonly what: string;
  /** The replicates share random draws, so that seeds are the independent units. */
  readonly clustered?: true;
}

/** Values of a closed form at n = 1 … N. */
export const atEach = (iterations: number, of: (n: number) => number): number[] =>
  Array.from({ length: iterations }, (_, i) => of(i + 1));

/** Name of a run's variant in presets and records; the preset's first one is "main" as in every family. */
export const variantName = ({ id }: Pick<Entry, "id">, run: string): string =>
  id === "gaussian-variance" && run === "replace" ? MAIN : `${id}.${run}`;
