import { UserError } from "../../errors";
import type { Batch } from "../schema";
import type { CurationSource } from "./curate";
import type { Curation } from "./spec";
import { take } from "./take";

type Window = Extract<Curation, { kind: "window" }>;

/** Samples drawn for each one that is kept, at most. */
const MOST = 10_000;
/** Largest factor by which a round draws more samples than are still missing. */
const RATE = 0.01;

/** The first `count` samples with |score − centre| ≤ radius, drawn in as many rounds as it takes. */
export async function* window(
  { score: name, centre, radius }: Window,
  count: number,
  { schema, draw, score }: CurationSource,
): AsyncGenerator<Batch> {
  let drawn = 0;
  let kept = 0;
  for (let round = 0; kept < count; round++) {
    if (drawn > count * MOST)
      throw new UserError(
        `The window ${centre} ± ${radius} of the score "${name}" keeps only ${kept} of ${drawn} samples: the model has left it. Use a wider one, or fewer iterations.`,
      );
    const missing = count - kept;
    const wanted = round === 0 ? count : Math.ceil(missing / Math.max(RATE, kept / drawn));
    for await (const batch of draw(wanted, round)) {
      drawn += batch.length;
      const scores = await score(name, batch);
      const inside: number[] = [];
      for (let i = 0; i < batch.length && kept + inside.length < count; i++)
        if (Math.abs(scores[i] - centre) <= radius) inside.push(i);
      kept += inside.length;
      if (inside.length > 0) yield take(schema, batch, inside);
    }
  }
}
