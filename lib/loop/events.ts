/** What happens while chains run, in order, for progress displays. */
export type LoopEvent =
  /** Real data are loaded into the store, before anything is planned. */
  | {
      readonly type: "preparing";
      /** "images, real data". */
      readonly label: string;
      /** "reading train.txt", "writing items". */
      readonly step: string;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: "planned";
      readonly jobs: number;
      readonly finished: number;
      readonly cost: number;
    }
  /** @param id the same in all events of a generation */
  | { readonly type: "started"; readonly label: string; readonly id: string }
  | {
      readonly type: "progress";
      readonly label: string;
      readonly id: string;
      /** "fit", "sample" or the name of an evaluation. */
      readonly stage: string;
      /** Share of this generation's work that is done, 0 … 1. */
      readonly fraction: number;
      /** Work of the whole run that is done and planned, in items trained on or sampled. */
      readonly done: number;
      readonly total: number;
      readonly values: Readonly<Record<string, number>>;
    }
  | { readonly type: "finished"; readonly label: string; readonly id: string }
  /** A sentence to show to the user: another process is waited for, the code of a task has changed. */
  | { readonly type: "notice"; readonly sentence: string };
