import type { MessagePort } from "node:worker_threads";

/** What a helper is started with. */
export interface Orders {
  readonly module: string;
  readonly name: string;
  readonly config: unknown;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Current parameters, and where the helper puts its gradients. */
  readonly parameters: SharedArrayBuffer;
  readonly gradients: SharedArrayBuffer;
  /** The leader rings `begin` for a step, the helper `end` when its answer is there. */
  readonly begin: SharedArrayBuffer;
  readonly end: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** Helper → leader, once a step. */
export type Answer =
  | { readonly sums: readonly number[] }
  | { readonly error: string; readonly user: boolean };

/** What a member of a crew is started with. */
export interface MemberOrders {
  readonly module: string;
  readonly name: string;
  readonly config: unknown;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameters: SharedArrayBuffer;
}

/** Member → crew: now and then how much is done, and once a question what came of it. */
export type FromMember =
  | { readonly done: number }
  | { readonly answer: unknown }
  | { readonly error: string; readonly user: boolean };
