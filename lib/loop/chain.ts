import type { CurationCounts } from "../pool/curation/curate";
import type { Regime } from "../pool/regime";
import type { Task } from "./task";

/** One seed under one regime: the model–data loop for `iterations` rounds. */
export interface Chain<C = unknown> {
  readonly task: Task<C>;
  readonly config: C;
  readonly regime: Regime;
  readonly seed: number;
  /** What other chains of the same run call it in `Part.chain`. */
  readonly name?: string;
  /** Number N of model-fitting iterations; 1 is training on real data only. */
  readonly iterations: number;
}

/** The chain as the loop takes it, its config's type checked here and forgotten there. */
export function chain<C>(spec: Chain<C>): Chain {
  return spec as unknown as Chain;
}

/** A finished generation of a chain: its stages in the run store, joined. */
export interface GenerationResult {
  /** Model-fitting iteration n, 1 = real data. */
  readonly n: number;
  /** Address of the fit. */
  readonly fit: string;
  /** Address of block n+1, which the model sampled. */
  readonly block: string;
  /** Address of each evaluation, by its name. */
  readonly evaluations: Readonly<Record<string, string>>;
  /** Metrics of all evaluations. */
  readonly metrics: Readonly<Record<string, number>>;
  /**
   * Items it was trained on, by block: "1" = real data, "k+1" = sampled from model k, "other/k" = of
   * another chain.
   */
  readonly trainedOn: Readonly<Record<string, number>>;
  /** What curation did with the samples, if the regime asks for it. */
  readonly curated?: CurationCounts;
  /** Folder of the sampled items, for `DiskBlock.open`. */
  readonly items: string;
  /**
   * Path of a file of the fit (`model.safetensors`, `training.jsonl`) or of an evaluation's artefact.
   * @throws UserError if there is none of that name, or it is damaged
   */
  artefact(name: string): string;
}

export interface ChainResult<C = unknown> {
  readonly chain: Chain<C>;
  readonly generations: readonly GenerationResult[];
}
