import * as fs from "node:fs";
import type { GenerationResult } from "../../loop/chain";
import { parseLines } from "../../loop/jsonLines";
import type { Row } from "../../metrics/row";

/** The learning curve of a generation: its test losses while it was trained. */
export function curveRows({ artefact }: GenerationResult): Row[] {
  const file = artefact("training.jsonl");
  return parseLines<Readonly<Record<string, number>>>(fs.readFileSync(file, "utf8"))
    .filter((record) => record.testLoss !== undefined)
    .map(({ step, epoch, testLoss }) => ({ kind: "curve", step, epoch, testLoss }));
}
