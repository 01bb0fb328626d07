import { linearMap } from "../../engine/fused/affine";
import { edgeEncoding } from "../../engine/fused/edgeEncoding";
import { embedding } from "../../engine/fused/embedding";
import { filterNetwork } from "../../engine/fused/filterNetwork";
import { gineMessages } from "../../engine/fused/gineMessages";
import { joinRows } from "../../engine/fused/joinRows";
import { linearLayer } from "../../engine/fused/linearLayer";
import { filteredMessages } from "../../engine/fused/pairMessages";
import { pairProducts } from "../../engine/fused/pairProducts";
import { rowRange } from "../../engine/fused/rowRange";
import { shiftedSoftplus } from "../../engine/fused/softplus";
import { sum } from "../../engine/fused/sum";
import { twoInputLayer } from "../../engine/fused/twoInputLayer";
import type { Graph, Node } from "../../engine/graph";
import { engine } from "../../engine/load";
import { type PairIndex, Pairs, pairIndex } from "../../engine/pairs";
import type { GeoDiffConfig } from "./config";
import type { FoundPairs } from "./findPairs";

const plain = linearLayer();
const rectified = linearLayer("relu");
const rectifiedJoin = twoInputLayer("relu");

/** What the network is asked about. */
export interface Scene {
  /** N atomic numbers. */
  readonly elements: Int32Array;
  /** Pairs of these atoms. */
  readonly found: FoundPairs;
  /** Index of the local pairs of `found`, where it is known. */
  readonly localIndex?: PairIndex;
}

/**
 * GeoDiff's network on the pairs of a batch. All that it computes for a pair is the same in both
 * directions (features of distance and type; products of both atoms' states), so each pair passes
 * once. A branch without pairs is left out.
 * @returns a number for every pair that says how far it should move apart, in units of σ, [all, 1];
 *   undefined where there is no pair
 */
export function network(
  config: GeoDiffConfig,
  graph: Graph,
  parameter: (name: string) => Node,
  { elements, found, localIndex }: Scene,
): Node | undefined {
  const { global, near, all } = found;
  if (all === 0) return undefined;
  const named = (name: string, ...kinds: string[]) =>
    kinds.map((kind) => parameter(`${name}.${kind}`));
  const layer = (operation: typeof plain, name: string, ...inputs: Node[]) =>
    graph.apply(operation, ...inputs, ...named(name, "weight", "bias"));
  const head = (name: string, states: Node, features: Node, pairs: Pairs): Node => {
    const products = graph.apply(pairProducts(pairs), states);
    const first = layer(rectifiedJoin, `${name}.layers.0`, products, features);
    return layer(plain, `${name}.layers.2`, layer(rectified, `${name}.layers.1`, first));
  };
  const pairsOf = (begin: number, end: number) =>
    new Pairs(
      pairIndex(found.low.slice(begin, end), found.high.slice(begin, end), elements.length),
    );
  const rows = (features: Node, begin: number, end: number): Node =>
    end - begin === all ? features : graph.apply(rowRange(begin, end - begin), features);

  const encoder = "edge_encoder_global";
  const features = graph.apply(
    edgeEncoding(pairFacts(found)),
    ...named(`${encoder}.mlp.layers.0`, "weight", "bias"),
    ...named(`${encoder}.mlp.layers.1`, "weight", "bias"),
    parameter(`${encoder}.bond_emb.weight`),
  );

  const globalBranch = (): Node => {
    const pairs = pairsOf(0, near);
    const messages = filteredMessages(pairs);
    const filters = filterNetwork(cutoffWeights(config, found));
    const seen = rows(features, 0, near);
    let x = graph.apply(embedding(elements), parameter("encoder_global.embedding.weight"));
    for (let i = 0; i < config.interactions; i++) {
      const name = `encoder_global.interactions.${i}`;
      const filter = graph.apply(
        filters,
        seen,
        ...named(`${name}.conv.nn.0`, "weight", "bias"),
        ...named(`${name}.conv.nn.2`, "weight", "bias"),
      );
      const sent = graph.apply(linearMap, x, parameter(`${name}.conv.lin1.weight`));
      const heard = layer(plain, `${name}.conv.lin2`, graph.apply(messages, sent, filter));
      const answer = layer(plain, `${name}.lin`, graph.apply(shiftedSoftplus, heard));
      x = graph.apply(sum, x, answer);
    }
    return head("grad_global_dist_mlp", x, rows(features, 0, global), pairsOf(0, global));
  };

  const localBranch = (): Node => {
    const pairs = localIndex ? new Pairs(localIndex) : pairsOf(global, all);
    const messages = gineMessages(pairs);
    const seen = rows(features, global, all);
    let x = graph.apply(embedding(elements), parameter("encoder_local.node_emb.weight"));
    for (let i = 0; i < config.layers; i++) {
      const name = `encoder_local.convs.${i}.nn.layers`;
      const gathered = graph.apply(messages, x, seen);
      const last = i === config.layers - 1;
      const answer = layer(
        last ? plain : rectified,
        `${name}.1`,
        layer(rectified, `${name}.0`, gathered),
      );
      x = graph.apply(sum, x, answer);
    }
    return head("grad_local_dist_mlp", x, seen, pairs);
  };

  const branches = [
    ...(global > 0 ? [globalBranch()] : []),
    ...(all > global ? [localBranch()] : []),
  ];
  return branches.length === 1 ? branches[0] : graph.apply(joinRows, ...branches);
}

function pairFacts({ types, distances, all }: FoundPairs) {
  return { distances: engine().tf.tensor2d(distances, [all, 1]), types };
}

/** SchNet's weights by distance, [near, 1]: ½(cos(πd/cutoff) + 1), or 1 all the way. */
function cutoffWeights({ cutoff, smooth }: GeoDiffConfig, { distances, near }: FoundPairs) {
  const weights = distances.slice(0, near);
  for (let p = 0; p < near; p++)
    weights[p] = smooth ? 0.5 * (Math.cos((Math.PI * weights[p]) / cutoff) + 1) : 1;
  return engine().tf.tensor2d(weights, [near, 1]);
}
