import type { Plan } from "../pool/regime";
import { addressOf } from "../store/address";
import { curatorVersions } from "./curators";
import { orderOf } from "./evaluationOrder";
import { type Section, sectionsOf } from "./sections";
import type { Task } from "./task";

/** Everything that determines a generation, as plain JSON. */
export interface GenerationSpec {
  readonly task: string;
  readonly config: unknown;
  readonly seed: number;
  readonly n: number;
  readonly plan: Plan;
  /** Address of the real data. */
  readonly real: string;
  /** SHA-256 over the real data's own bytes. */
  readonly data: string;
  /**
   * Addresses of what the plan names, this chain's real data left out: blocks by their names, and
   * real data of other chains as "other/1".
   */
  readonly parents: Readonly<Record<string, string>>;
}

/** A part of a generation with an entry of its own in the run store. */
export interface Stage {
  readonly kind: "fit" | "block" | "evaluation";
  /** "fit", "sample", or the evaluation's name. */
  readonly name: string;
  /** What determines it; its hash is the address. */
  readonly identity: Readonly<Record<string, unknown>>;
  readonly address: string;
}

/** The stage of an evaluation. */
export interface EvaluationStage extends Stage {
  /** Whether it, or an evaluation that it needs, reads the sampled block. */
  readonly readsBlock: boolean;
}

export interface Stages {
  readonly fit: Stage;
  readonly block: Stage;
  /** In an order in which each comes after those that it needs. */
  readonly evaluations: readonly EvaluationStage[];
}

/** Sections that a fit depends on. */
export const FIT_SECTIONS: readonly Section[] = ["data", "model", "training"];

/**
 * The stages of a generation and their addresses, which are known before anything is computed. Each
 * depends on what determines it alone, so chains that agree on it share it.
 * @throws UserError if an evaluation needs one that the task does not have
 */
export function stagesOf<C>(task: Task<C>, generation: GenerationSpec): Stages {
  const { config, seed, n, real, data, parents } = generation;
  const { produce, curate, ...trainedOn } = generation.plan;
  const fit = stage("fit", "fit", {
    what: "fit",
    task: task.name,
    version: task.version.fit,
    config: sectionsOf(config, FIT_SECTIONS),
    ...{ seed, n, plan: trainedOn, real, data, parents },
  });
  const block = stage("block", "sample", {
    what: "block",
    task: task.name,
    version: task.version.sample,
    config: sectionsOf(config, ["sampling"]),
    ...{ seed, n, fit: fit.address, produce },
    ...(curate ? { curate, curators: curatorVersions(task, curate) } : {}),
  });
  const evaluations: EvaluationStage[] = [];
  for (const name of orderOf(task)) {
    const evaluation = task.evaluations[name];
    const { version, of = "model", sections = ["evaluation"], reads = [], needs = [] } = evaluation;
    const needed = evaluations.filter((other) => needs.includes(other.name));
    const identity = {
      what: "evaluation",
      ...{ task: task.name, name, version },
      config: sectionsOf(config, sections),
      ...(of === "data" ? { real, data } : { seed, n, fit: fit.address }),
      ...(reads.includes("block") ? { block: block.address } : {}),
      needs: Object.fromEntries(needed.map((other) => [other.name, other.address])),
    };
    const readsBlock = reads.includes("block") || needed.some((other) => other.readsBlock);
    evaluations.push({ ...stage("evaluation", name, identity), readsBlock });
  }
  return { fit, block, evaluations };
}

function stage(kind: Stage["kind"], name: string, identity: Stage["identity"]): Stage {
  return { kind, name, identity, address: addressOf(identity) };
}
