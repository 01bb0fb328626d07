import type { Evaluation } from "../../loop/evaluation";
import type { MoleculesConfig } from "./config";
import { structureMetrics } from "./conformerMetrics";
import { ensemblesIn } from "./ensembles";
import { SHOWN } from "./generatedConformers";
import { json } from "./json";
import { referenceRow } from "./pictures";
import { SMILES } from "./smiles";

/** Artefact: {@link structureMetrics} of real conformers, training ones against test ones. */
export const BASELINE = "baseline.json";
/** Artefact: the real conformers of the molecules shown in figures, as rows. */
export const REFERENCES = "references.json";

/** What the metrics of generated conformers are compared with, computed once per data set. */
export const realConformers: Evaluation<MoleculesConfig> = {
  version: 1,
  of: "data",
  async run({ evaluation }, { real, test }) {
    const held = ensemblesIn(test, evaluation.molecules);
    const compared = held.map((ensemble) => ({ ...ensemble, generated: ensemble.conformers }));
    const smiles = JSON.parse(Buffer.from(real.artefact(SMILES)).toString()) as string[];
    const references = held.slice(0, SHOWN).map((ensemble) => ({
      smiles: smiles[ensemble.number],
      ...referenceRow(ensemble),
    }));
    return {
      metrics: {},
      artefacts: {
        [BASELINE]: json(structureMetrics(compared, ensemblesIn(real.train))),
        [REFERENCES]: json(references),
      },
    };
  },
};
