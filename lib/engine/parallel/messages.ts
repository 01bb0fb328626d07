import type { MessagePort } from "node:worker_threads";
import { messageOf, UserError } from "../../errors";

/** What a thread is started with: the function to load, and the shared parameters. */
export interface ThreadOptions {
  readonly module: string;
  readonly name: string;
  readonly config: unknown;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameters: SharedArrayBuffer;
}

/** What a gradient worker is started with. */
export interface GradientWorkerOptions extends ThreadOptions {
  /** Where the worker writes its gradients. */
  readonly gradients: SharedArrayBuffer;
  /** Incremented by the main thread to start a step … */
  readonly started: SharedArrayBuffer;
  /** … and by the worker when its reply is there. */
  readonly finished: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** An error on its way to another thread. */
export interface Failure {
  readonly error: string;
  readonly user: boolean;
}

export const failureOf = (error: unknown): Failure => ({
  error: messageOf(error),
  user: error instanceof UserError,
});

export const errorOf = ({ error, user }: Failure): Error =>
  user ? new UserError(error) : new Error(error);

/** From a gradient worker, once per step. */
export type GradientReply = { readonly losses: readonly number[] } | Failure;

/** From a pool worker: progress now and then, and one result per request. */
export type PoolMessage = { readonly done: number } | { readonly result: unknown } | Failure;
