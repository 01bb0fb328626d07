/** How far a task is, as a {@link ProgressSink} was told. */
export interface Extent {
  readonly done: number;
  readonly total: number;
  /** Which part of the task is under way, if `done` counts that part alone. */
  readonly step?: string | undefined;
}

/** Done share of a task, from 0 to 1. */
export function shareOf({ done, total }: Extent): number {
  return total > 0 ? Math.min(1, done / total) : 1;
}

/** "25 %", rounded down. */
export function percentOf(extent: Extent): string {
  return `${Math.floor(100 * shareOf(extent))} %`;
}

/** What is said of a task that was not finished: "stopped at 25 %", "stopped, reading: 25 %". */
export function ending(extent: Extent): string {
  if (extent.step !== undefined) return `stopped, ${extent.step}: ${percentOf(extent)}`;
  return shareOf(extent) === 1 ? "done" : `stopped at ${percentOf(extent)}`;
}
