/** Where the progress of long work is drawn: a terminal, a notebook, or nowhere. */
export interface ProgressSink {
  /**
   * Reports the progress of a named task. Calling it often is cheap: it draws a few times per second.
   * @param done in any unit that is proportional to time, up to `total`
   * @param step which part of the task is under way, if `done` counts that part alone
   */
  update(
    task: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
    step?: string,
  ): void;
  /** Ends a task; the summary replaces its bar and should be the same in every run. */
  finish(task: string, summary: string): void;
  /** Prints a line of text. */
  line(text: string): void;
  /** Ends all drawing; for unfinished tasks it prints how far they came. */
  close(): void;
}
