import * as fs from "node:fs";
import type { GenerationResult } from "../../loop/chain";
import type { Row } from "../../metrics/row";
import type { ThresholdCoverage } from "./conformerMetrics";
import { CONFORMERS, COVERAGE, type ShownConformer } from "./generatedConformers";
import type { LevelLoss } from "./levelLosses";
import { conformerRow } from "./pictures";
import { BASELINE, REFERENCES } from "./realConformers";
import { LEVELS } from "./testLoss";

type Generation = Pick<GenerationResult, "artefact">;

/** Test loss by noise level. */
export const levelRows = (generation: Generation): Row[] =>
  read<LevelLoss[]>(generation, LEVELS).map((level) => ({ kind: "level", ...level }));

/** Coverage by threshold. */
export const coverageRows = (generation: Generation): Row[] =>
  read<ThresholdCoverage[]>(generation, COVERAGE).map((point) => ({ kind: "coverage", ...point }));

/** One generated conformer of the first few test molecules. */
export const conformerRows = (generation: Generation): Row[] =>
  read<ShownConformer[]>(generation, CONFORMERS).map((conformer) => ({
    ...{ kind: "conformer", ...conformerRow(conformer) },
  }));

/** The real data's own row of kind "baseline", and those of kind "reference". */
export const realRows = (generation: Generation): Row[] => [
  { kind: "baseline", ...read<Row>(generation, BASELINE) },
  ...read<Row[]>(generation, REFERENCES).map((row) => ({ kind: "reference", ...row })),
];

const read = <T>({ artefact }: Generation, name: string): T =>
  JSON.parse(fs.readFileSync(artefact(name), "utf8")) as T;
