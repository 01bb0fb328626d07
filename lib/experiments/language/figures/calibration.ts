import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { FIRST_STEPS } from "../published";
import { rowsOf, variantsOf } from "./select";

/**
 * Test losses of the models that follow the beginning of the paper's training on real stories,
 * beside the published one after as many steps (null where none is published).
 */
export function calibration(rows: readonly Row[], preset: LanguagePreset): Row[] {
  return rowsOf(rows, "curve", variantsOf(preset, "calibration")).map(
    ({ label, seed, step, epoch, testLoss }) => ({
      ...{ model: label, seed, step, epoch, "test loss": testLoss },
      published: FIRST_STEPS[Number(step)] ?? null,
    }),
  );
}
