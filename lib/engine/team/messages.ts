import type { MessagePort } from "node:worker_threads";
import { messageOf, UserError } from "../../errors";

/** What a thread is started with: what it is to load, and the parameters that it shares. */
export interface ThreadOrders {
  readonly module: string;
  readonly name: string;
  readonly config: unknown;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameters: SharedArrayBuffer;
}

/** What a helper is started with. */
export interface HelperOrders extends ThreadOrders {
  /** Where the helper puts its gradients. */
  readonly gradients: SharedArrayBuffer;
  /** The leader rings `begin` for a step, the helper `end` when its answer is there. */
  readonly begin: SharedArrayBuffer;
  readonly end: SharedArrayBuffer;
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

/** Helper → leader, once a step. */
export type Answer = { readonly sums: readonly number[] } | Failure;

/** Member → crew: now and then how much is done, and once a question what came of it. */
export type FromMember = { readonly done: number } | { readonly answer: unknown } | Failure;
