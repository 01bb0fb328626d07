import type { Stream } from "../../random/stream";
import { pick } from "../batch";
import type { Batch } from "../schema";
import type { CurationSource } from "./curate";
import type { Curation } from "./spec";
import { take } from "./take";

type Edit = Extract<Curation, { kind: "edit" }>;

/** All samples, each edited with probability `share`. */
export async function* applyEdits(
  { edit: name, share }: Edit,
  count: number,
  { schema, draw, edit }: CurationSource,
  stream: Stream,
): AsyncGenerator<Batch> {
  const choice = stream.at("choice");
  let first = 0;
  for await (const batch of draw(count, 0)) {
    const chosen: number[] = [];
    // 0: as it was sampled, 1: edited.
    const sources = new Uint8Array(batch.length);
    const places = Uint32Array.from({ length: batch.length }, (_, i) => i);
    for (let i = 0; i < batch.length; i++)
      if (choice.uniform() < share) {
        sources[i] = 1;
        places[i] = chosen.push(i) - 1;
      }
    const streams = chosen.map((i) => stream.at("edit", first + i));
    first += batch.length;
    if (chosen.length === 0) yield batch;
    else {
      const changed = await edit(name, take(schema, batch, chosen), (k) => streams[k]);
      yield pick(schema, [batch, changed], sources, places);
    }
  }
}
