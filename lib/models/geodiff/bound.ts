import { checkCoordinates, checkLevels } from "./checks";
import type { GraphBatch } from "./graph";
import { branchLoss, LOSS_WEIGHTS, pairTargets } from "./loss";
import type { GeoDiffLoss, NoisyConformers } from "./model";
import { type PlacedPart, placed } from "./scenes";

/** A part of a batch whose pairs wait for their numbers. */
export interface NoisyPart extends PlacedPart {
  /**
   * Notes the loss of the numbers of all pairs of the part.
   * @returns the gradient of the batch's mean loss with respect to them
   */
  note(numbers: Float32Array): Float32Array;
}

/**
 * GeoDiff's weighted variational bound of a batch.
 * @param compute has to note every part's numbers
 * @param ofAll atoms over which means are taken, if the batch is a share of a larger one
 */
export function bound(
  batch: GraphBatch,
  noisy: NoisyConformers,
  cutoff: number,
  room: number,
  compute: (part: NoisyPart) => void,
  ofAll = batch.atoms,
): GeoDiffLoss {
  checkCoordinates(batch, noisy.positions, "positions");
  checkCoordinates(batch, noisy.noise, "noise");
  checkLevels(batch, noisy.sigma);
  const { graphs, offsets, atoms } = batch;
  const sigma = new Float64Array(atoms);
  graphs.forEach((_, m) => {
    sigma.fill(noisy.sigma[m], offsets[m], offsets[m + 1]);
  });
  const positions = Float64Array.from(noisy.positions);
  const moved = new Float64Array(3 * atoms);
  for (let i = 0; i < moved.length; i++)
    moved[i] = positions[i] + sigma[Math.floor(i / 3)] * noisy.noise[i];

  const byMolecule = {
    global: new Float64Array(graphs.length),
    local: new Float64Array(graphs.length),
  };
  for (const part of placed(batch, moved, cutoff, room)) {
    const { found } = part.scene;
    const { atoms: own, graphs, offsets } = part.batch;
    const first = part.from / 3;
    const targets = pairTargets(
      found,
      positions.subarray(part.from),
      sigma.subarray(first, first + own),
    );
    const note = (numbers: Float32Array): Float32Array => {
      const gradient = new Float32Array(numbers.length);
      for (const branch of ["global", "local"] as const) {
        const [begin, end] = branch === "global" ? [0, found.global] : [found.global, found.all];
        const loss = branchLoss(
          found,
          numbers.subarray(begin, end),
          targets,
          begin,
          own,
          LOSS_WEIGHTS[branch],
          1 / ofAll,
        );
        gradient.set(loss.gradient, begin);
        graphs.forEach((_, m) => {
          for (let a = offsets[m]; a < offsets[m + 1]; a++)
            byMolecule[branch][part.first + m] += loss.atoms[a];
        });
      }
      return gradient;
    };
    compute({ ...part, note });
  }
  const mean = (sums: Float64Array) => sums.reduce((a, b) => a + b, 0) / ofAll;
  return { global: mean(byMolecule.global), local: mean(byMolecule.local), byMolecule };
}
