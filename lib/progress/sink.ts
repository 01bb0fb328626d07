/** Where the progress of long work is drawn: a terminal, a notebook, or nowhere. */
export interface ProgressSink {
  /**
   * How far a named task is. Cheap to call often: drawing is limited to a few times a second.
   * @param done in any unit of work that is proportional to time, up to `total`
   */
  update(
    task: string,
    done: number,
    total: number,
    values?: Readonly<Record<string, number>>,
  ): void;
  /** The task's last word; it replaces its bar. Say nothing in it that differs from run to run. */
  finish(task: string, summary: string): void;
  /** A line of text of its own. */
  line(text: string): void;
  /** Ends all drawing; tasks that did not finish say how far they came. */
  close(): void;
}
