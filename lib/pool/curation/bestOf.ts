import type { Stream } from "../../random/stream";
import type { Batch } from "../schema";
import type { CurationSource } from "./curate";
import type { Curation } from "./spec";
import { inMultiplesOf, take } from "./take";

type BestOf = Extract<Curation, { kind: "best-of" }>;

/** One of every K samples, chosen with probability e^{r(x)} / Σ e^{r(xⱼ)}. */
export async function* bestOf(
  { candidates, reward, factor, other }: BestOf,
  count: number,
  { schema, draw, score }: CurationSource,
  stream: Stream,
): AsyncGenerator<Batch> {
  for await (const batch of inMultiplesOf(candidates, schema, draw(count * candidates, 0))) {
    const own = await score(reward, batch);
    const others = other && { ...other, scores: await score(other.reward, batch) };
    const chosen = new Uint32Array(batch.length / candidates);
    for (let g = 0; g < chosen.length; g++) {
      const [scores, scale] =
        others && stream.uniform() < others.share ? [others.scores, others.factor] : [own, factor];
      const from = g * candidates;
      chosen[g] = from + choose(candidates, (i) => scale * scores[from + i], stream.uniform());
    }
    yield take(schema, batch, chosen);
  }
}

/** A number below `count` with probability ∝ e^{reward}. @param u uniform in [0, 1) */
function choose(count: number, reward: (i: number) => number, u: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) largest = Math.max(largest, reward(i));
  let total = 0;
  for (let i = 0; i < count; i++) total += Math.exp(reward(i) - largest);
  let mass = u * total;
  for (let i = 0; i < count - 1; i++) {
    mass -= Math.exp(reward(i) - largest);
    if (mass < 0) return i;
  }
  return count - 1;
}
