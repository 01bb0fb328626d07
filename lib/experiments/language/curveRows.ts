import * as fs from "node:fs";
import * as path from "node:path";
import { parseLines } from "../../loop/jsonLines";
import type { Row } from "../../metrics/row";

/** The learning curve of a generation: its test losses while it was trained. */
export function curveRows(folder: string): Row[] {
  const file = path.join(folder, "training.jsonl");
  return parseLines<Readonly<Record<string, number>>>(fs.readFileSync(file, "utf8"))
    .filter((record) => record.testLoss !== undefined)
    .map(({ step, epoch, testLoss }) => ({ kind: "curve", step, epoch, testLoss }));
}
