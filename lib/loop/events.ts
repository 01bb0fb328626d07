import type { Phase } from "./generation";

/** What happens while chains run, in order, for progress displays. */
export type LoopEvent =
  | {
      readonly type: "planned";
      readonly jobs: number;
      readonly finished: number;
      readonly cost: number;
    }
  | { readonly type: "started"; readonly label: string; readonly address: string }
  | {
      readonly type: "progress";
      readonly label: string;
      readonly address: string;
      readonly phase: Phase;
      /** Share of this generation's work that is done, 0 … 1. */
      readonly fraction: number;
      /** Work of the whole run that is done and planned, in items trained on or sampled. */
      readonly done: number;
      readonly total: number;
      readonly values: Readonly<Record<string, number>>;
    }
  /** Something to show to the user: another process is waited for, a checkpoint was damaged. */
  | { readonly type: "notice"; readonly sentence: string }
  | { readonly type: "finished"; readonly label: string; readonly address: string };
