import { multiply } from "../elementwise";
import { biasAdd, biasGradient } from "../linear";
import type { Tensor } from "../load";
import { grouping, groupSums } from "../pairs";
import { gatherRows } from "../pieces";
import { product, productTransposed, transposedProduct } from "../products";
import { tidy } from "../tidy";
import { activate, activationGradient, replaced } from "./activation";
import type { Fused } from "./fused";

/** What is known of P pairs of atoms before anything is learnt. */
export interface PairFacts {
  /** [P, 1], ångström. */
  readonly distances: Tensor;
  /** P rows of the table of types. */
  readonly types: Int32Array;
}

/**
 * GeoDiff's features of pairs, [P, d]: an MLP of the distance (1 → d → d, ReLU between) ⊙ the vector
 * of the pair's type; inputs (W₁ [d, 1], b₁ [d], W₂ [d, d], b₂ [d], table of types [·, d]). Keeps
 * what lies between the layers and the MLP's output.
 */
export function edgeEncoding({ distances, types }: PairFacts): Fused {
  return {
    forward(w1, b1, w2, b2, table) {
      const [output, hidden, encoded] = tidy(() => {
        const first = replaced(productTransposed(distances, w1), (y) => biasAdd(y, b1));
        const hidden = activate(first, "relu");
        const encoded = replaced(productTransposed(hidden, w2), (y) => biasAdd(y, b2));
        return [multiply(encoded, gatherRows(table, types)), hidden, encoded];
      });
      return { output, kept: [hidden, encoded] };
    },
    backward(dOutput, [, , w2, , table], [hidden, encoded]) {
      return tidy(() => {
        const byType = grouping(types, table.shape[0]!);
        const dTable = groupSums(multiply(dOutput, encoded), byType);
        const dEncoded = multiply(dOutput, gatherRows(table, types));
        const dFirst = activationGradient(product(dEncoded, w2), hidden, "relu");
        return [
          transposedProduct(dFirst, distances),
          biasGradient(dFirst),
          transposedProduct(dEncoded, hidden),
          biasGradient(dEncoded),
          dTable,
        ];
      });
    },
  };
}
