import type { Tensor } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import type { Stream } from "../../random/stream";
import type { Weights } from "../../store/weights";
import type { GeoDiffConfig } from "./config";
import type { GraphBatch } from "./graph";

/** Conformers and the noise that is put on them. */
export interface NoisyConformers {
  /** 3N coordinates in ångström, x y z by atom. */
  readonly positions: ArrayLike<number>;
  /** 3N standard normals. */
  readonly noise: ArrayLike<number>;
  /** σ of each molecule in ångström, [M]: `noiseSchedule(…).sigma[t]`. */
  readonly sigma: ArrayLike<number>;
}

/**
 * GeoDiff's weighted variational bound, in two parts whose sum is the loss: 2 · |error|² of the
 * global forces and 5 · |error|² of the local ones, summed over xyz.
 */
export interface GeoDiffLoss {
  /** Averaged over all atoms. */
  readonly global: number;
  readonly local: number;
  /** Summed over the atoms of each molecule, [M]. */
  readonly byMolecule: { readonly global: Float64Array; readonly local: Float64Array };
}

/** What the network says where atoms should go, in units of σ: 3N numbers, x y z by atom. */
export interface Forces {
  /** From pairs that one, two or three bonds join. */
  readonly local: Float32Array;
  /** From all other pairs within the cutoff; undefined where only the local ones were asked for. */
  readonly global: Float32Array | undefined;
}

export interface GeoDiff {
  readonly config: GeoDiffConfig;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly parameterCount: number;
  /** Fresh parameters from the stream. */
  initial(stream: Stream): Weights;
  /**
   * The loss of a batch and its gradient for every parameter. Call it inside `tidy`.
   * @param atoms of the whole batch, if this is a part of one: the losses and gradients of its parts
   *   then add up to those of the batch. Default: those of this one.
   * @throws UserError on positions or noise that are not finite or do not fit the batch
   */
  lossAndGradients(
    values: Values,
    batch: GraphBatch,
    noisy: NoisyConformers,
    atoms?: number,
  ): { readonly loss: GeoDiffLoss; readonly gradients: Record<string, Tensor> };
  /** The loss alone. @throws as {@link GeoDiff.lossAndGradients} */
  loss(values: Values, batch: GraphBatch, noisy: NoisyConformers): GeoDiffLoss;
  /**
   * Forces at positions, 3N coordinates in ångström.
   * @param parts whether the global forces are wanted too; the local ones alone cost far less
   */
  forces(
    values: Values,
    batch: GraphBatch,
    positions: ArrayLike<number>,
    parts?: "both" | "local",
  ): Forces;
}
