import type { View } from "../../../pool/view";
import type { FitConfig } from "./world";

/**
 * Shares of two outcomes or more where real items arrive in every round, unmarked: p̂_n averages the
 * batch estimates b_i = (share_i − (1−α) p̂_{i−1})/α with weights N α² (Kanabar & Gastpar, arXiv
 * 2501.19273). "marked" averages the real items alone; "pooled" takes all items alike, as if they were
 * real. The first round is `roundItems` real items.
 * @returns [R, K]; shares may leave [0, 1]
 */
export function batchShares({ data, training }: FitConfig, view: View): Float64Array {
  const { replicates: R, probabilities } = data;
  const K = probabilities!.length;
  const first = training.roundItems!;
  const outcomes = view.range(0, view.length).columns.outcome.data;
  const items = Array.from({ length: view.length }, (_, i) => view.provenance(i));
  const rounds = Math.max(...items.map(({ block }) => block));
  const fresh =
    rounds === 1 ? 0 : (items.filter(({ block }) => block === 1).length - first) / (rounds - 1);
  const roundOf = ({ block, index }: (typeof items)[number]) =>
    block > 1 ? block : index < first ? 1 : 2 + Math.floor((index - first) / fresh);
  const counts = Array.from({ length: rounds }, () => new Float64Array(R * K));
  const sizes = new Float64Array(rounds);
  for (const [i, item] of items.entries()) {
    if (training.estimator === "marked" && item.block > 1) continue;
    const round = training.estimator === "batch" ? roundOf(item) : 1;
    sizes[round - 1]++;
    for (let r = 0; r < R; r++) counts[round - 1][r * K + outcomes[i * R + r]]++;
  }
  const p = counts[0].map((count) => count / sizes[0]);
  let information = sizes[0];
  for (let round = 2; round <= rounds && training.estimator === "batch"; round++) {
    const size = sizes[round - 1];
    const alpha = fresh / size;
    const own = size * alpha ** 2;
    const w = own / (information + own);
    for (let k = 0; k < p.length; k++) {
      const batch = (counts[round - 1][k] / size - (1 - alpha) * p[k]) / alpha;
      p[k] += w * (batch - p[k]);
    }
    information += own;
  }
  return p;
}
