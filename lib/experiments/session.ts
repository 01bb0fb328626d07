import type { Row } from "./experiment";

/** What an experiment needs from its surroundings: a store, a way to run, a way to stop. */
export interface Session {
  readonly signal: AbortSignal;
  /** Announces a named piece of work and how far it is; drawn as a bar in terminal or notebook. */
  progress(
    title: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): void;
  /**
   * Rows that depend on nothing but `key` (plain JSON: name, version, settings, seeds): read from
   * the run store if they are there, computed and stored atomically if not.
   */
  rows(
    key: Readonly<Record<string, unknown>>,
    compute: () => Row[] | Promise<Row[]>,
  ): Promise<Row[]>;
}
