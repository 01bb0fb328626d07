import { basename } from "node:path";
import { type OpenSource, openSource } from "../openSource";
import type { SourceFile, SourceOptions } from "../source";
import { readMoleculeLines } from "./jsonLines";
import type { Ensemble } from "./molecule";

/**
 * Conformers of 693 drug-like molecules, optimised by density functional theory (Folmsbee and
 * Hutchison, 2021): 6,701 geometries of 15 to 88 atoms. There is no official address for this file.
 */
export const CONFORMER_BENCHMARK: SourceFile & { readonly sha256: string } = {
  set: "molecules",
  file: "conformer-benchmark.jsonl",
  addresses: [],
  sha256: "8406e90bce906e96dfdfdb9c7091bee216b795ae7066fb94fcb155366bff0ad3",
};

/**
 * The benchmark's molecules in file order, each checked.
 * @throws UserError if the file is missing or is not the right one
 */
export async function* conformerBenchmark(
  options: SourceOptions = {},
): AsyncGenerator<Ensemble, void, undefined> {
  const source: OpenSource = await openSource(CONFORMER_BENCHMARK, options);
  yield* readMoleculeLines(
    source.chunks((done, total) => options.onRead?.(basename(source.path), done, total)),
    source.path,
  );
}
