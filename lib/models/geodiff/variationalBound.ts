import { checkCoordinates, checkLevels } from "./checks";
import { type LocatedPart, locate } from "./locate";
import { branchLoss, LOSS_WEIGHTS, pairTargets } from "./loss";
import type { GeoDiffLoss, NoisyBatch } from "./model";

/** A sub-batch before the network has scored its pairs. */
export interface UnscoredPart extends LocatedPart {
  /**
   * Adds the loss of these scores, one per pair of the sub-batch.
   * @returns the gradient of the batch's mean loss with respect to them
   */
  accumulate(scores: Float32Array): Float32Array;
}

export interface BoundOptions {
  /** Distance within which pairs are found, ångström. */
  readonly cutoff: number;
  /** Maximum number of pairs per sub-batch. */
  readonly maxPairs: number;
  /** Atoms over which the mean is taken. Default: those of the batch. */
  readonly batchAtoms?: number | undefined;
}

/**
 * GeoDiff's weighted variational bound of a batch.
 * @param score called with each sub-batch; has to pass its scores to `accumulate`
 */
export function variationalBound(
  batch: NoisyBatch,
  { cutoff, maxPairs, batchAtoms = batch.atoms }: BoundOptions,
  score: (part: UnscoredPart) => void,
): GeoDiffLoss {
  checkCoordinates(batch, batch.positions, "positions");
  checkCoordinates(batch, batch.noise, "noise");
  checkLevels(batch, batch.sigma);
  const { graphs, offsets, atoms } = batch;
  const sigma = new Float64Array(atoms);
  graphs.forEach((_, m) => {
    sigma.fill(batch.sigma[m], offsets[m], offsets[m + 1]);
  });
  const positions = Float64Array.from(batch.positions);
  const noisy = new Float64Array(3 * atoms);
  for (let i = 0; i < noisy.length; i++)
    noisy[i] = positions[i] + sigma[Math.floor(i / 3)] * batch.noise[i];

  const byMolecule = {
    global: new Float64Array(graphs.length),
    local: new Float64Array(graphs.length),
  };
  for (const part of locate(batch, noisy, cutoff, maxPairs)) {
    const { pairs } = part.scene;
    const { atoms, graphs, offsets } = part.batch;
    const atom = part.from / 3;
    const targets = pairTargets(
      pairs,
      positions.subarray(part.from),
      sigma.subarray(atom, atom + atoms),
    );
    const accumulate = (scores: Float32Array): Float32Array => {
      const gradient = new Float32Array(scores.length);
      for (const branch of ["global", "local"] as const) {
        const [begin, end] = branch === "global" ? [0, pairs.global] : [pairs.global, pairs.all];
        const loss = branchLoss(
          pairs,
          scores.subarray(begin, end),
          targets,
          begin,
          atoms,
          LOSS_WEIGHTS[branch],
          1 / batchAtoms,
        );
        gradient.set(loss.gradient, begin);
        graphs.forEach((_, m) => {
          for (let a = offsets[m]; a < offsets[m + 1]; a++)
            byMolecule[branch][part.first + m] += loss.atoms[a];
        });
      }
      return gradient;
    };
    score({ ...part, accumulate });
  }
  const mean = (sums: Float64Array) => sums.reduce((a, b) => a + b, 0) / batchAtoms;
  return { global: mean(byMolecule.global), local: mean(byMolecule.local), byMolecule };
}
