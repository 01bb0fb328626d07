import { accumulateGradients, type Gradients } from "../../engine/gradients";
import { constants, leaves, type Node, noGrad, Tape } from "../../engine/graph";
import { parameterInfo } from "../../engine/initialise";
import { engine } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import { checkCoordinates } from "./checks";
import type { GeoDiffConfig } from "./config";
import { pairForcesToAtoms } from "./forces";
import type { GraphBatch } from "./graph";
import { type LocalPart, localParts, locate, locateLocal } from "./locate";
import type { GeoDiff } from "./model";
import { network, type Scene } from "./network";
import { geoDiffParameters } from "./parameters";
import { type UnscoredPart, variationalBound } from "./variationalBound";

/** Pairs × width that pass through the network together, which bounds memory for any batch size. */
const MAX_ELEMENTS = 2 ** 20;

/** GeoDiff (Xu et al. 2022) of the given shape. */
export function geoDiff(config: GeoDiffConfig): GeoDiff {
  const { cutoff } = config;
  const maxPairs = Math.max(1, Math.floor(MAX_ELEMENTS / config.width));
  /** Of batches that are passed again and again, as in sampling. */
  const localPartsByBatch = new WeakMap<GraphBatch, readonly LocalPart[]>();

  const infer = (values: Values, scene: Scene): Float32Array => {
    let scores: Float32Array = new Float32Array(0);
    // Not returned from `tidy`, which would search the array for tensors.
    tidy(() => {
      scores = read(network(config, noGrad, constants(values), scene));
    });
    return scores;
  };

  const backpropagate = (values: Values, { scene, accumulate }: UnscoredPart): Gradients =>
    tidy(() => {
      const { tf } = engine();
      const tape = new Tape();
      const nodes = leaves(tape, values);
      const output = network(config, tape, (name) => nodes[name], scene);
      const gradient = accumulate(read(output));
      if (output)
        tape.backward({ node: output, gradient: tf.tensor2d(gradient, [gradient.length, 1]) });
      return Object.fromEntries(
        Object.entries(nodes).map(([name, node]) => [
          name,
          // A branch without pairs is left out.
          tape.gradient(node) ?? tf.zerosLike(node.value),
        ]),
      );
    });

  const localPartsOf = (batch: GraphBatch): readonly LocalPart[] => {
    const parts = localPartsByBatch.get(batch) ?? localParts(batch, maxPairs);
    localPartsByBatch.set(batch, parts);
    return parts;
  };

  return {
    config,
    ...parameterInfo(geoDiffParameters(config)),
    gradients(values, batch, { denominator: batchAtoms } = {}) {
      let gradients: Gradients | undefined;
      const loss = variationalBound(batch, { cutoff, maxPairs, batchAtoms }, (part) => {
        gradients = accumulateGradients(gradients, backpropagate(values, part));
      });
      return { loss, gradients: gradients! };
    },
    loss(values, batch) {
      return variationalBound(batch, { cutoff, maxPairs }, ({ scene, accumulate }) => {
        accumulate(infer(values, scene));
      });
    },
    forces(values, batch, positions, branches = "both") {
      checkCoordinates(batch, positions, "positions");
      const points = Float64Array.from(positions);
      const local = new Float32Array(3 * batch.atoms);
      const global = branches === "both" ? new Float32Array(3 * batch.atoms) : undefined;
      const parts = global
        ? locate(batch, points, cutoff, maxPairs)
        : locateLocal(batch, localPartsOf(batch), points);
      for (const { scene, from, batch: part } of parts) {
        const { pairs } = scene;
        const scores = infer(values, scene);
        const write = (to: Float32Array, begin: number, end: number) =>
          to.set(pairForcesToAtoms(pairs, scores.subarray(begin, end), begin, part.atoms), from);
        write(local, pairs.global, pairs.all);
        if (global) write(global, 0, pairs.global);
      }
      return { local, global };
    },
  };
}

/** The scores of all pairs. */
const read = (output: Node | undefined): Float32Array =>
  output ? output.value.dataSync<"float32">() : new Float32Array(0);
