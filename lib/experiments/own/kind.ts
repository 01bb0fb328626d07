import type { Place } from "../../data/own/files";
import type { Reading } from "../../data/own/readFile";
import type { Task } from "../../loop/task";
import type { Experiment } from "../experiment";
import type { Preset } from "../preset";

/** What a user may say of data of their own; each kind of data has its own words. */
export interface OwnOptions {
  /** "stories", "images", "molecules" or "table". @defaultValue by the files' endings */
  readonly as?: string | undefined;
  /** Stories: how they are divided, "endoftext", "blank-lines", "lines", "jsonl" or "files". */
  readonly stories?: string | undefined;
  /** Stories in JSON lines: the field that holds them. */
  readonly field?: string | undefined;
  /** Pictures: height and width to which the square in their middle is scaled. @defaultValue 32 */
  readonly size?: number | undefined;
  /** Pictures: drop colours. @defaultValue colours are kept if any picture has them */
  readonly grey?: boolean | undefined;
  /** Tables: the column to explain. @defaultValue the last */
  readonly target?: string | undefined;
  /** Tables: columns that are not used. */
  readonly without?: readonly string[] | undefined;
}

/** What the first reading of data finds; plain JSON, which is kept in the run store. */
export interface Survey {
  /** Of the files' contents. */
  readonly sha256: string;
  /** Items that can be used. */
  readonly items: number;
  /** What was read, and what was left out and why: sentences. */
  readonly said: readonly string[];
}

/** A preset, and how many real items its models are trained on. */
export interface Sized<P> {
  readonly items: number;
  readonly preset: P;
}

/** One kind of data, and the family that it is run through. */
export interface OwnKind<S extends Survey, C extends object, P extends Preset<C>> {
  readonly family: Experiment<P>;
  /** Raise it when the same files give another survey or other presets. */
  readonly version: number;
  /** The options that its survey depends on. */
  readonly reads: readonly (keyof OwnOptions)[];
  /** Reads everything once. @throws UserError if the data cannot be used */
  survey(place: Place, options: OwnOptions, reading: Reading): Promise<S>;
  readonly task: Task<C>;
  /**
   * Presets by network, the smallest network first, and in each by number of items. What is run is the
   * one with the most items that fits the time, of a larger network only where all items are used.
   */
  presets(survey: S): readonly (readonly Sized<P>[])[];
  /** Settles what only a look into the data can. */
  settle?(preset: P, survey: S, place: Place, reading: Reading): Promise<P>;
  /** `loadReal` of the family's task. */
  loadReal(survey: S, place: Place, reading: Reading): Task<C>["loadReal"];
}
