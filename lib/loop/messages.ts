import type { GenerationSpec } from "./stages";

/** Parent → child process. */
export type ToChild =
  | {
      readonly type: "run";
      /** File whose exports hold the task. */
      readonly module: string;
      readonly generation: GenerationSpec;
      readonly storeRoot: string;
      readonly checkpointSeconds: number;
      readonly threads: number;
    }
  | { readonly type: "cancel" };

/** Child process → parent. */
export type FromChild =
  | {
      readonly type: "progress";
      /** "fit", "sample" or the name of an evaluation. */
      readonly stage: string;
      readonly done: number;
      readonly total: number;
      readonly values: Readonly<Record<string, number>> | undefined;
    }
  | { readonly type: "notice"; readonly sentence: string }
  | { readonly type: "done" }
  | {
      readonly type: "failed";
      readonly kind: "user" | "cancelled" | "internal";
      readonly message: string;
      readonly stack: string | undefined;
    };
