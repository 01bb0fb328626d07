import * as fs from "node:fs";
import type { GenerationResult } from "../../loop/chain";
import { parseLines } from "../../loop/jsonLines";
import type { Row } from "../../metrics/row";
import { decodeNpy } from "./arrays";
import { EXAMPLES } from "./exampleStories";
import { histogram } from "./histogram";
import { STORY_LOSSES, STORY_TOKENS } from "./testLoss";
import { SURPRISAL } from "./texts";

type Generation = Pick<GenerationResult, "artefact">;

/** Bin widths: nats per token, and nats per story. */
const BIN = { loss: 0.05, surprisal: 2 };

/** The learning curve: test loss in nats per token while the model was trained. */
export function curveRows({ artefact }: Generation): Row[] {
  const records = parseLines<Readonly<Record<string, number>>>(
    fs.readFileSync(artefact("training.jsonl"), "utf8"),
  );
  return records
    .filter(({ testLoss }) => testLoss !== undefined)
    .map(({ step, epoch, testLoss }) => ({ kind: "curve", step, epoch, testLoss }));
}

/** Distribution of the held-out stories' losses, in nats per token. */
export function lossHistogramRow({ artefact }: Generation): Row {
  const [nats, tokens] = [STORY_LOSSES, STORY_TOKENS].map((name) => numbers(artefact(name)));
  const losses = Float64Array.from(nats, (loss, i) => loss / tokens[i]);
  return { kind: "histogram", ...histogram(losses, BIN.loss) };
}

/** Grammar only: distribution of the sampled stories' surprisal, in nats per story. */
export function surprisalRow({ artefact }: Generation): Row {
  return { kind: "surprisal", ...histogram(numbers(artefact(SURPRISAL)), BIN.surprisal) };
}

/** The stories that every model draws from the same random numbers. */
export function exampleRows({ artefact }: Generation): Row[] {
  const texts: string[] = JSON.parse(fs.readFileSync(artefact(EXAMPLES), "utf8"));
  return texts.map((text, story) => ({ kind: "sample", story, text }));
}

const numbers = (file: string) => decodeNpy(fs.readFileSync(file), file);
