/** How a running generation reaches the outside. */
export interface Hooks {
  readonly signal: AbortSignal;
  /** Seconds between checkpoints of a fit. */
  readonly checkpointSeconds: number;
  /** Threads that a stage may use side by side. Default: 1. */
  readonly threads?: number;
  /** @param stage "fit", "sample" or the name of an evaluation */
  progress(
    stage: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): Promise<void>;
  /** Shows a sentence to the user. */
  notice(sentence: string): void;
}
