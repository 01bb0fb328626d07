import * as fs from "node:fs";
import * as path from "node:path";
import { DiskBlock } from "../pool/diskBlock";
import { poolOf } from "../pool/pool";
import { blockName, isRealBlock } from "../pool/regime";
import type { View } from "../pool/view";
import { viewOf } from "../pool/viewOf";
import { Streams } from "../random/streams";
import type { RunStore } from "../store/runStore";
import { readSafetensors } from "../store/safetensors";
import type { Weights } from "../store/weights";
import type { RealInput } from "./evaluation";
import { ITEMS, MODEL } from "./files";
import type { GenerationSpec, Stages } from "./stages";

/**
 * What the stages of a generation read, from the run store, each opened when it is first asked for.
 * A second stage gets the same.
 */
export class Inputs {
  readonly streams: Streams;
  readonly #blocks = new Map<string, DiskBlock>();
  #weights: Weights | undefined;
  #view: View | undefined;

  constructor(
    private readonly generation: GenerationSpec,
    private readonly stages: Stages,
    private readonly store: RunStore,
  ) {
    this.streams = Streams.ofSeed(generation.seed).generation(generation.n);
  }

  /** The fitted model, as it is stored: what is measured and sampled is exactly that. */
  get weights(): Weights {
    const { address } = this.stages.fit;
    this.#weights ??= readSafetensors(path.join(this.#folder("fit", address), MODEL)).weights;
    return this.#weights;
  }

  /** The held-out real items. */
  get test(): DiskBlock {
    return this.#open("real", this.generation.real, "test");
  }

  get real(): RealInput {
    const { real } = this.generation;
    const train = () => this.#open("real", real, "train");
    return {
      address: real,
      get train() {
        return train();
      },
      artefact: (file) => fs.readFileSync(path.join(this.#folder("real", real), file)),
    };
  }

  /** What the model sampled, once that is finished. */
  get block(): DiskBlock {
    return this.#open("block", this.stages.block.address, ITEMS);
  }

  /** The training set. Block 1 is the real data, block k+1 was sampled from model k. */
  get view(): View {
    this.#view ??= this.#makeView();
    return this.#view;
  }

  /** Bytes of an artefact of an evaluation. */
  artefact(evaluation: string, file: string): Uint8Array {
    const found = this.stages.evaluations.find(({ name }) => name === evaluation);
    if (!found) throw new Error(`There is no evaluation "${evaluation}".`);
    return fs.readFileSync(path.join(this.#folder("evaluation", found.address), file));
  }

  close(): void {
    for (const block of this.#blocks.values()) block.close();
  }

  #makeView(): View {
    const { plan, parents, real } = this.generation;
    const own = new Map<number, DiskBlock>();
    const foreign = new Map<string, DiskBlock>();
    for (const { block, chain } of plan.parts) {
      const name = blockName({ block, chain });
      const address = chain === undefined && block === 1 ? real : parents[name];
      const opened = isRealBlock(name)
        ? this.#open("real", address, "train")
        : this.#open("block", address, ITEMS);
      if (chain === undefined) own.set(block, opened);
      else foreign.set(name, opened);
    }
    return viewOf(plan, poolOf(own, foreign), this.streams.get("view"));
  }

  #open(kind: "real" | "block", address: string, name: string): DiskBlock {
    const folder = path.join(this.#folder(kind, address), name);
    const block = this.#blocks.get(folder) ?? DiskBlock.open(folder);
    this.#blocks.set(folder, block);
    return block;
  }

  /** Folder of a finished entry, its files compared with their checksums. */
  #folder(kind: "real" | "fit" | "block" | "evaluation", address: string): string {
    this.store.use(kind, address);
    return this.store.folder(kind, address);
  }
}
