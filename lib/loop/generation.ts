import * as path from "node:path";
import { UserError } from "../errors";
import { DiskBlock } from "../pool/diskBlock";
import { withoutProvenance } from "../pool/hidden";
import { isRealBlock } from "../pool/regime";
import { writeFileAtomic } from "../store/atomic";
import type { EntryName, RunStore } from "../store/runStore";
import { evaluationInput } from "./evaluationInput";
import { ITEMS } from "./files";
import { fitInto } from "./fit";
import type { Hooks } from "./hooks";
import { Inputs } from "./inputs";
import { makeStage } from "./makeStage";
import { dataStreams } from "./real";
import { sampledItems } from "./sampling";
import { restricted, type Section } from "./sections";
import { FIT_SECTIONS, type GenerationSpec, type Stage, type Stages, stagesOf } from "./stages";
import type { Context, Task } from "./task";
import { writeItems } from "./writeItems";

/**
 * One turn of the model–data loop (paper §2): fit a fresh model to the training view, measure it,
 * sample the next block. Each of these stages is stored when it is finished; those that are in the
 * store already are not made again.
 */
export async function runGeneration<C>(
  task: Task<C>,
  generation: GenerationSpec,
  store: RunStore,
  hooks: Hooks,
): Promise<void> {
  const stages = stagesOf(task, generation);
  const inputs = new Inputs(generation, stages, store);
  const maker = new Maker(task, generation, stages, inputs, store, hooks);
  try {
    await maker.fit();
    // Before sampling: a model that diverged is not sampled from.
    for (const stage of stages.evaluations) if (!stage.readsBlock) await maker.evaluate(stage);
    await maker.sample();
    for (const stage of stages.evaluations) if (stage.readsBlock) await maker.evaluate(stage);
  } finally {
    inputs.close();
  }
}

class Maker<C> {
  constructor(
    readonly task: Task<C>,
    private readonly generation: GenerationSpec,
    private readonly stages: Stages,
    private readonly inputs: Inputs,
    readonly store: RunStore,
    readonly hooks: Hooks,
  ) {}

  fit(): Promise<void> {
    const { plan, real, parents, n } = this.generation;
    const others = Object.entries(parents).map(
      ([name, address]): EntryName => ({ kind: isRealBlock(name) ? "real" : "block", address }),
    );
    const inputs: EntryName[] = [{ kind: "real", address: real }, ...others];
    return makeStage(this.stages.fit, this, inputs, async (draft) => {
      const { view, test } = this.inputs;
      const config = this.#config(FIT_SECTIONS, "The fit");
      const context = { ...this.#context("fit"), test, generation: n };
      const seen = plan.provenance === "visible" ? view : withoutProvenance(view);
      await fitInto(draft, this.task, config, seen, context, this.hooks);
      return { trainedOn: Object.fromEntries(view.counts()) };
    });
  }

  sample(): Promise<void> {
    const { fit, block } = this.stages;
    return makeStage(block, this, [fit], async (draft) => {
      const { plan } = this.generation;
      const { produce, curate } = plan;
      const { task } = this;
      const { weights, real } = this.inputs;
      const config = this.#config([...FIT_SECTIONS, "sampling"], "The sampler");
      const context = { ...this.#context("sample"), real };
      const schema = task.schema(config);
      const counts = { drawn: 0, kept: 0, changed: 0 };
      const items = sampledItems(
        {
          ...{ task, config, plan, schema, weights, context },
          given: { weights, real },
          async store(batches) {
            const folder = path.join(draft.scratch, "candidates");
            await writeItems(folder, schema, batches);
            return DiskBlock.open(folder);
          },
        },
        counts,
      );
      const produced = await writeItems(path.join(draft.folder, ITEMS), schema, items, (written) =>
        context.progress(written, produce),
      );
      if (produced !== produce)
        throw new Error(`Task ${this.task.name} sampled ${produced} items instead of ${produce}.`);
      return { items: produced, ...(curate ? counts : {}) };
    });
  }

  evaluate(stage: Stage): Promise<void> {
    const { fit, block, evaluations } = this.stages;
    const { name } = stage;
    const evaluation = this.task.evaluations[name];
    const { of = "model", sections = ["evaluation"], reads = [], needs = [] } = evaluation;
    const inputs: EntryName[] = [
      of === "data" ? { kind: "real", address: this.generation.real } : fit,
      ...(reads.includes("block") ? [block] : []),
      ...evaluations.filter((other) => needs.includes(other.name)),
    ];
    return makeStage(stage, this, inputs, async (draft) => {
      const own = of === "data" ? (["data"] as const) : FIT_SECTIONS;
      const config = this.#config([...own, ...sections], `The evaluation "${name}"`);
      const given = evaluationInput(name, evaluation, this.inputs);
      const context = this.#context(name);
      const streams =
        of === "data" ? dataStreams(this.task, this.generation.seed) : context.streams;
      const result = await evaluation.run(config, given, { ...context, streams });
      const { metrics, artefacts = {} } = result;
      this.#requireFinite(metrics);
      for (const [file, bytes] of Object.entries(artefacts))
        writeFileAtomic(path.join(draft.folder, file), bytes);
      return { metrics };
    });
  }

  #config(sections: readonly Section[], who: string): C {
    return restricted(this.generation.config as C, sections, `${who} of task "${this.task.name}"`);
  }

  #context(stage: string): Context {
    const { signal, threads = 1, progress } = this.hooks;
    return {
      ...{ streams: this.inputs.streams, signal, threads },
      progress: (done, total, values) => progress(stage, done, total, values),
    };
  }

  #requireFinite(metrics: Readonly<Record<string, number>>): void {
    const { task, seed, n } = this.generation;
    for (const [name, value] of Object.entries(metrics))
      if (!Number.isFinite(value))
        throw new UserError(
          `The test metric "${name}" of ${task} (seed ${seed}, iteration ${n}) is ${value}: the model diverged. ` +
            "Lower the learning rate, or check the data; earlier generations are kept.",
        );
  }
}
