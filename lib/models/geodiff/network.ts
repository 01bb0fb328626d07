import { edgeEncoding } from "../../engine/fused/edgeEncoding";
import { filterNetwork } from "../../engine/fused/filterNetwork";
import { gineMessages } from "../../engine/fused/gineMessages";
import { linear } from "../../engine/fused/linear";
import { filteredMessages } from "../../engine/fused/pairMessages";
import { pairProducts } from "../../engine/fused/pairProducts";
import { shiftedSoftplus } from "../../engine/fused/softplus";
import type { Graph, Node } from "../../engine/graph";
import { engine } from "../../engine/load";
import type { Operation } from "../../engine/operation";
import { concatRows } from "../../engine/operations/concatRows";
import { embedding } from "../../engine/operations/embedding";
import { rowRange } from "../../engine/operations/rowRange";
import { sum } from "../../engine/operations/sum";
import { type PairIndex, Pairs, pairIndex } from "../../engine/pairs";
import type { GeoDiffConfig } from "./config";
import type { PairsByRange } from "./findPairs";

const dense = linear({ layout: "out-in" });
const denseRelu = linear({ layout: "out-in", activation: "relu" });
const project = linear({ layout: "out-in", bias: false });

/** Atoms and pairs at some positions: the network's input. */
export interface Scene {
  /** N atomic numbers. */
  readonly elements: Int32Array;
  /** Pairs of these atoms. */
  readonly pairs: PairsByRange;
  /** Index of the local pairs, where it is already known. */
  readonly localIndex?: PairIndex;
}

/**
 * GeoDiff's network. Everything it computes for a pair is the same in both directions (features of
 * distance and type; products of both atoms' states), so each pair is listed once. A branch without
 * pairs is left out.
 * @returns a score per pair, how far it should move apart in units of σ, [all, 1]; undefined without
 *   pairs
 */
export function network(
  config: GeoDiffConfig,
  graph: Graph,
  parameter: (name: string) => Node,
  { elements, pairs, localIndex }: Scene,
): Node | undefined {
  const { global, near, all } = pairs;
  if (all === 0) return undefined;
  const named = (name: string, ...kinds: string[]) =>
    kinds.map((kind) => parameter(`${name}.${kind}`));
  const layer = (operation: Operation, name: string, ...inputs: Node[]) =>
    graph.apply(operation, ...inputs, ...named(name, "weight", "bias"));
  const head = (name: string, states: Node, features: Node, pairs: Pairs): Node => {
    const products = graph.apply(pairProducts(pairs), states);
    const first = layer(denseRelu, `${name}.layers.0`, products, features);
    return layer(dense, `${name}.layers.2`, layer(denseRelu, `${name}.layers.1`, first));
  };
  const pairsOf = (begin: number, end: number) =>
    new Pairs(
      pairIndex(pairs.low.slice(begin, end), pairs.high.slice(begin, end), elements.length),
    );
  const rows = (features: Node, begin: number, end: number): Node =>
    end - begin === all ? features : graph.apply(rowRange(begin, end - begin), features);

  const encoder = "edge_encoder_global";
  const features = graph.apply(
    edgeEncoding(pairInputs(pairs)),
    ...named(`${encoder}.mlp.layers.0`, "weight", "bias"),
    ...named(`${encoder}.mlp.layers.1`, "weight", "bias"),
    parameter(`${encoder}.bond_emb.weight`),
  );

  const globalBranch = (): Node => {
    const nearPairs = pairsOf(0, near);
    const messages = filteredMessages(nearPairs);
    const filters = filterNetwork(cutoffWeights(config, pairs));
    const nearFeatures = rows(features, 0, near);
    let x = graph.apply(embedding(elements), parameter("encoder_global.embedding.weight"));
    for (let i = 0; i < config.interactions; i++) {
      const name = `encoder_global.interactions.${i}`;
      const filter = graph.apply(
        filters,
        nearFeatures,
        ...named(`${name}.conv.nn.0`, "weight", "bias"),
        ...named(`${name}.conv.nn.2`, "weight", "bias"),
      );
      const projected = graph.apply(project, x, parameter(`${name}.conv.lin1.weight`));
      const gathered = graph.apply(messages, projected, filter);
      const activated = graph.apply(shiftedSoftplus, layer(dense, `${name}.conv.lin2`, gathered));
      x = graph.apply(sum, x, layer(dense, `${name}.lin`, activated));
    }
    return head("grad_global_dist_mlp", x, rows(features, 0, global), pairsOf(0, global));
  };

  const localBranch = (): Node => {
    const localPairs = localIndex ? new Pairs(localIndex) : pairsOf(global, all);
    const messages = gineMessages(localPairs);
    const localFeatures = rows(features, global, all);
    let x = graph.apply(embedding(elements), parameter("encoder_local.node_emb.weight"));
    for (let i = 0; i < config.layers; i++) {
      const name = `encoder_local.convs.${i}.nn.layers`;
      const hidden = layer(denseRelu, `${name}.0`, graph.apply(messages, x, localFeatures));
      const isLast = i === config.layers - 1;
      x = graph.apply(sum, x, layer(isLast ? dense : denseRelu, `${name}.1`, hidden));
    }
    return head("grad_local_dist_mlp", x, localFeatures, localPairs);
  };

  const branches = [
    ...(global > 0 ? [globalBranch()] : []),
    ...(all > global ? [localBranch()] : []),
  ];
  return branches.length === 1 ? branches[0] : graph.apply(concatRows, ...branches);
}

function pairInputs({ types, distances, all }: PairsByRange) {
  return { distances: engine().tf.tensor2d(distances, [all, 1]), types };
}

/** SchNet's weights by distance, [near, 1]: ½(cos(πd/cutoff) + 1), or 1 all the way. */
function cutoffWeights({ cutoff, smooth }: GeoDiffConfig, { distances, near }: PairsByRange) {
  const weights = distances.slice(0, near);
  for (let p = 0; p < near; p++)
    weights[p] = smooth ? 0.5 * (Math.cos((Math.PI * weights[p]) / cutoff) + 1) : 1;
  return engine().tf.tensor2d(weights, [near, 1]);
}
