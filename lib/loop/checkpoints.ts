import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { messageOf } from "../errors";
import { writeFileAtomic } from "../store/atomic";
import { decodeSafetensors, encodeSafetensors } from "../store/safetensors";
import { addPrefix, stripPrefix, type Weights } from "../store/weights";
import type { Checkpoint } from "../training/context";
import { formatLines, parseLines } from "./jsonLines";

/** Training records, one per call of `record`. */
export type TrainingRecord = Readonly<Record<string, number>>;

/** What an interrupted fit goes on from. */
export interface Saved {
  readonly checkpoint: Checkpoint;
  /** Everything recorded up to it. */
  readonly records: TrainingRecord[];
}

const NAME = /^checkpoint-(\d+)-([0-9a-f]{64})\.safetensors$/;
const STATE = "state/";
const RECORDS = "records";
/** The newest one, and the one before in case the newest is damaged. */
const KEPT = 2;

/**
 * Checkpoints of an unfinished fit, in its draft's scratch folder. Each is one safetensors file with
 * the state and the records up to it, and has its SHA-256 in its name: one rename makes it appear
 * whole, and one that was altered is not used.
 */
export class Checkpoints {
  /** @param notice told in a sentence when a damaged checkpoint is passed over */
  constructor(
    private readonly folder: string,
    private readonly notice: (sentence: string) => void = () => {},
  ) {}

  /** The newest sound checkpoint; damaged ones are removed. */
  load(): Saved | undefined {
    for (const { file, sha256 } of this.#files())
      try {
        return read(file, sha256);
      } catch (error) {
        this.notice(
          `The checkpoint ${file} is damaged (${messageOf(error)}); the fit goes on from an earlier one, or starts again.`,
        );
        fs.rmSync(file, { force: true });
      }
    return undefined;
  }

  save({ step, state }: Checkpoint, records: readonly TrainingRecord[]): void {
    const lines = new Uint8Array(Buffer.from(formatLines(records)));
    const weights: Weights = {
      ...addPrefix(STATE, state),
      [RECORDS]: { shape: [lines.length], data: lines },
    };
    const bytes = encodeSafetensors(weights, { step: String(step) });
    const name = `checkpoint-${step}-${sha256Of(bytes)}.safetensors`;
    writeFileAtomic(path.join(this.folder, name), bytes);
    for (const { file } of this.#files().slice(KEPT)) fs.rmSync(file, { force: true });
  }

  /** Checkpoint files, those of the latest steps first. */
  #files(): { file: string; step: number; sha256: string }[] {
    return fs
      .readdirSync(this.folder)
      .map((name) => ({ name, match: NAME.exec(name) }))
      .flatMap(({ name, match }) =>
        match
          ? [{ file: path.join(this.folder, name), step: Number(match[1]), sha256: match[2] }]
          : [],
      )
      .sort((a, b) => b.step - a.step);
  }
}

function read(file: string, sha256: string): Saved {
  const bytes = fs.readFileSync(file);
  if (sha256Of(bytes) !== sha256)
    throw new Error("its content does not have the SHA-256 in its name");
  const { weights, metadata } = decodeSafetensors(bytes, file);
  return {
    checkpoint: { step: Number(metadata.step), state: stripPrefix(STATE, weights) },
    records: parseLines(Buffer.from(weights[RECORDS].data as Uint8Array).toString()),
  };
}

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
