import type { Chain, ChainResult } from "../loop/chain";
import type { RunStore } from "../store/runStore";
import type { Row } from "./experiment";

/** What an experiment needs: a run store, a way to run chains, a way to be stopped. */
export interface Session {
  readonly store: RunStore;
  readonly signal: AbortSignal;
  /** Reports progress of a named piece of work, shown as a bar in the terminal or notebook. */
  progress(
    title: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): void;
  /** Shows a sentence that stays. */
  notice(sentence: string): void;
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
