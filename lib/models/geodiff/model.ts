import type { GradientsOf } from "../../engine/gradients";
import type { ParameterInfo } from "../../engine/initialise";
import type { Values } from "../../engine/parameters";
import type { GeoDiffConfig } from "./config";
import type { GraphBatch } from "./graph";

/** Conformers and the noise that is added to them. */
export interface NoisyConformers {
  /** 3N coordinates in ångström, x y z by atom. */
  readonly positions: ArrayLike<number>;
  /** 3N standard normals. */
  readonly noise: ArrayLike<number>;
  /** σ of each molecule in ångström, [M]: `noiseSchedule(…).sigma[t]`. */
  readonly sigma: ArrayLike<number>;
}

/** Molecules with their noisy conformers. */
export interface NoisyBatch extends GraphBatch, NoisyConformers {}

/**
 * GeoDiff's weighted variational bound, in two parts whose sum is the loss: 2 · |error|² of the
 * global forces and 5 · |error|² of the local ones, summed over xyz.
 */
export interface GeoDiffLoss {
  /** Mean over all atoms. */
  readonly global: number;
  readonly local: number;
  /** Summed over the atoms of each molecule, [M]. */
  readonly byMolecule: { readonly global: Float64Array; readonly local: Float64Array };
}

/** Where the network moves atoms, in units of σ: 3N numbers, x y z by atom. */
export interface Forces {
  /** From pairs that one, two or three bonds connect. */
  readonly local: Float32Array;
  /** From all other pairs within the cutoff; undefined if only local forces were requested. */
  readonly global: Float32Array | undefined;
}

export interface GeoDiff extends ParameterInfo {
  readonly config: GeoDiffConfig;
  /**
   * The loss of a batch, per atom, and its gradients.
   * @throws UserError on positions or noise that are not finite or do not fit the batch
   */
  readonly gradients: GradientsOf<NoisyBatch, GeoDiffLoss>;
  /** The loss alone. @throws as {@link GeoDiff.gradients} */
  loss(values: Values, batch: NoisyBatch): GeoDiffLoss;
  /**
   * Forces at positions, 3N coordinates in ångström.
   * @param branches "local" alone costs far less than "both"
   */
  forces(
    values: Values,
    batch: GraphBatch,
    positions: ArrayLike<number>,
    branches?: "both" | "local",
  ): Forces;
}
