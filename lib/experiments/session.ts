import type { Chain, ChainResult } from "../loop/chain";
import type { RunStore } from "../store/runStore";
import type { Row } from "./experiment";

/** What an experiment needs from its surroundings: a store, a way to run, a way to stop. */
export interface Session {
  readonly store: RunStore;
  readonly signal: AbortSignal;
  /** Announces how far a named piece of work is; drawn as a bar in terminal or notebook. */
  progress(
    title: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): void;
  /** Runs chains through the model–data loop; finished generations come from the store. */
  chains(title: string, chains: readonly Chain[]): Promise<ChainResult[]>;
  /**
   * Rows that depend on nothing but `key` (plain JSON: name, version, settings, seeds): read from
   * the run store if they are there, computed and stored atomically if not.
   */
  rows(
    key: Readonly<Record<string, unknown>>,
    compute: () => Row[] | Promise<Row[]>,
  ): Promise<Row[]>;
}
