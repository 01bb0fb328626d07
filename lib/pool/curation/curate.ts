import type { Stream } from "../../random/stream";
import type { Block } from "../block";
import type { Batch, Schema } from "../schema";
import { bestOf } from "./bestOf";
import { applyEdits } from "./edit";
import { keepTop, resample } from "./ranked";
import type { Curation } from "./spec";
import { window } from "./window";

/** Where curation gets its samples from, and what it can find out about them. */
export interface CurationSource {
  readonly schema: Schema;
  /** Draws from the model; every round gives other samples. */
  draw(count: number, round: number): AsyncIterable<Batch>;
  /** A finite number for each item of a batch. */
  score(name: string, batch: Batch): Promise<ArrayLike<number>>;
  /** As many items, changed. @param streamOf random numbers for item i of the batch */
  edit(name: string, batch: Batch, streamOf: (i: number) => Stream): Promise<Batch>;
  /** Puts batches aside as a block, to be read again in another order. */
  store(batches: AsyncIterable<Batch>): Promise<Block>;
}

/** What became of the samples. */
export interface CurationCounts {
  /** Samples drawn from the model. */
  drawn: number;
  /** Items of the block. */
  kept: number;
  /** Kept items that were edited. */
  changed: number;
}

/**
 * Draws samples and curates them, in chunks, until there are `count` items. Their values depend on
 * the stream and the samples, not on how these are divided into chunks.
 * @param counts is brought up to date as batches are taken
 * @throws UserError if so few samples are kept that it would never end
 */
export async function* curate(
  curation: Curation,
  count: number,
  source: CurationSource,
  stream: Stream,
  counts: CurationCounts,
): AsyncGenerator<Batch> {
  const counted: CurationSource = {
    ...source,
    async *draw(items, round) {
      for await (const batch of source.draw(items, round)) {
        counts.drawn += batch.length;
        yield batch;
      }
    },
    async edit(name, batch, streamOf) {
      counts.changed += batch.length;
      return source.edit(name, batch, streamOf);
    },
  };
  for await (const batch of curatedBatches(curation, count, counted, stream)) {
    counts.kept += batch.length;
    yield batch;
  }
}

function curatedBatches(
  curation: Curation,
  count: number,
  source: CurationSource,
  stream: Stream,
): AsyncGenerator<Batch> {
  switch (curation.kind) {
    case "best-of":
      return bestOf(curation, count, source, stream);
    case "keep-top":
      return keepTop(curation, count, source);
    case "window":
      return window(curation, count, source);
    case "resample":
      return resample(curation, count, source, stream);
    case "edit":
      return applyEdits(curation, count, source, stream);
  }
}
