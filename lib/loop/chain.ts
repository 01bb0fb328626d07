import type { Plan, Regime } from "../pool/regime";
import type { Task } from "./task";

/** One seed under one regime: the model–data loop for `iterations` rounds. */
export interface Chain<C = unknown> {
  readonly task: Task<C>;
  readonly config: C;
  readonly regime: Regime;
  readonly seed: number;
  /** Number N of model-fitting iterations; 1 is training on real data only. */
  readonly iterations: number;
}

/** The chain as the loop takes it, its config's type checked here and forgotten there. */
export function chain<C>(spec: Chain<C>): Chain {
  return spec as unknown as Chain;
}

/** A finished generation of a chain. */
export interface GenerationResult {
  /** Model-fitting iteration n, 1 = real data. */
  readonly n: number;
  readonly address: string;
  /** Folder of its files in the run store. */
  readonly folder: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** Items it was trained on, by block number (1 = real data, k+1 = sampled from model k). */
  readonly trainedOn: Readonly<Record<string, number>>;
}

export interface ChainResult<C = unknown> {
  readonly chain: Chain<C>;
  readonly generations: readonly GenerationResult[];
}

/** Everything that determines a generation. Hashed, it is the generation's address. */
export interface GenerationIdentity {
  readonly what: "generation";
  readonly task: string;
  readonly version: number;
  readonly config: unknown;
  readonly seed: number;
  readonly n: number;
  readonly plan: Plan;
  /** Address of the real data. */
  readonly real: string;
  /** SHA-256 over the real data's own bytes. */
  readonly data: string;
  /** Addresses of the generations whose blocks the plan names, by block number. */
  readonly parents: Readonly<Record<string, string>>;
}

/** Everything that determines a copy of real data in the store. */
export interface RealIdentity {
  readonly what: "real";
  readonly task: string;
  readonly version: number;
  readonly key: unknown;
  readonly seed: number | null;
}
