import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import type { Batch } from "../schema";
import type { CurationSource } from "./curate";
import type { Curation } from "./spec";

type KeepTop = Extract<Curation, { kind: "keep-top" }>;
type Resample = Extract<Curation, { kind: "resample" }>;

/** Items read back at once. */
const CHUNK = 1000;

/** The samples with the highest scores, in the order in which they were drawn. */
export async function* keepTop(
  { share, score: name }: KeepTop,
  count: number,
  source: CurationSource,
): AsyncGenerator<Batch> {
  // A whole number of samples, in spite of 0.1 · 10 = 1.0000000000000002 and the like.
  const drawn = Math.ceil(Number((count / share).toPrecision(12)));
  yield* chosenOf(source, name, drawn, (scores) => highest(scores, count));
}

/** Draws without replacement from copies of the samples, with weights (1 − q)^power. */
export async function* resample(
  { detector, power, factor, repeats }: Resample,
  count: number,
  source: CurationSource,
  stream: Stream,
): AsyncGenerator<Batch> {
  const drawn = Math.ceil(Number((count / factor).toPrecision(12)));
  yield* chosenOf(source, detector, drawn, (scores) => {
    // The largest of u^{1/w} are a draw without replacement (Efraimidis & Spirakis 2006).
    const keys = new Float64Array(drawn * repeats);
    for (let copy = 0; copy < keys.length; copy++) {
      const q = scores[Math.floor(copy / repeats)];
      if (!(q >= 0 && q <= 1))
        throw new UserError(`The detector "${detector}" gives ${q}; it must lie between 0 and 1.`);
      keys[copy] = Math.log(1 - stream.uniform()) / (1 - q) ** power;
    }
    const possible = keys.reduce((n, key) => (key > Number.NEGATIVE_INFINITY ? n + 1 : n), 0);
    if (possible < count)
      throw new UserError(
        `The detector "${detector}" is sure of all but ${possible} of ${keys.length} copies; ${count} are to be drawn. Use more repeats or a smaller power.`,
      );
    return highest(keys, count).map((copy) => Math.floor(copy / repeats));
  });
}

/** Scores all samples, which wait on disk, and reads the chosen ones back. */
async function* chosenOf(
  { draw, score, store }: CurationSource,
  name: string,
  drawn: number,
  choose: (scores: Float64Array) => Uint32Array,
): AsyncGenerator<Batch> {
  const scores = new Float64Array(drawn);
  let scored = 0;
  async function* whileScoring(): AsyncGenerator<Batch> {
    for await (const batch of draw(drawn, 0)) {
      scores.set(Float64Array.from(await score(name, batch)), scored);
      scored += batch.length;
      yield batch;
    }
  }
  const block = await store(whileScoring());
  try {
    const chosen = choose(scores);
    for (let from = 0; from < chosen.length; from += CHUNK)
      yield block.gather(chosen.subarray(from, from + CHUNK));
  } finally {
    block.close();
  }
}

/** Numbers of the `count` largest values, ascending; of equal values the first ones. */
function highest(values: Float64Array, count: number): Uint32Array {
  const chosen = new Uint32Array(count);
  if (count === 0) return chosen;
  // Without a function that compares, a sort takes a tenth of the time.
  const least = values.slice().sort()[values.length - count];
  let equals = count;
  for (const value of values) if (value > least) equals--;
  let length = 0;
  for (let i = 0; i < values.length; i++)
    if (values[i] > least || (values[i] === least && equals-- > 0)) chosen[length++] = i;
  return chosen;
}
