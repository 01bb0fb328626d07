import * as fs from "node:fs";
import * as path from "node:path";
import { writeFileAtomic } from "../store/atomic";
import { encodeSafetensors, readSafetensors } from "../store/safetensors";
import { formatLines, parseLines } from "./jsonLines";
import type { Checkpoint } from "./task";

/** Training records, one per call of `record`. */
export type TrainingRecord = Readonly<Record<string, number>>;

const FOLDER = "checkpoint";

/**
 * The checkpoint of an unfinished fit, in its draft folder. A checkpoint is a whole folder that is
 * renamed into place, so a kill leaves the previous one or the new one.
 */
export class Checkpoints {
  readonly #folder: string;

  constructor(private readonly draft: string) {
    this.#folder = path.join(draft, FOLDER);
    // A kill between the two renames of `save` leaves only the one aside, which is complete.
    const previous = `${this.#folder}.old`;
    if (fs.existsSync(previous) && !fs.existsSync(this.#folder))
      fs.renameSync(previous, this.#folder);
  }

  load(): { checkpoint: Checkpoint; records: TrainingRecord[] } | undefined {
    if (!fs.existsSync(this.#folder)) return undefined;
    const { weights, metadata } = readSafetensors(path.join(this.#folder, "state.safetensors"));
    const records = parseLines<TrainingRecord>(
      fs.readFileSync(path.join(this.#folder, "training.jsonl"), "utf8"),
    );
    return { checkpoint: { step: Number(metadata.step), state: weights }, records };
  }

  save({ step, state }: Checkpoint, records: readonly TrainingRecord[]): void {
    const aside = path.join(this.draft, `${FOLDER}.new`);
    const previous = `${this.#folder}.old`;
    fs.rmSync(aside, { recursive: true, force: true });
    fs.mkdirSync(aside, { recursive: true });
    const bytes = encodeSafetensors(state, { step: String(step) });
    writeFileAtomic(path.join(aside, "state.safetensors"), bytes);
    writeFileAtomic(path.join(aside, "training.jsonl"), formatLines(records));
    fs.rmSync(previous, { recursive: true, force: true });
    if (fs.existsSync(this.#folder)) fs.renameSync(this.#folder, previous);
    fs.renameSync(aside, this.#folder);
    fs.rmSync(previous, { recursive: true, force: true });
  }

  clear(): void {
    for (const ending of ["", ".new", ".old"])
      fs.rmSync(this.#folder + ending, { recursive: true, force: true });
  }
}
