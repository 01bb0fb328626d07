import { biasAdd, biasGradient } from "../bias";
import { multiply } from "../elementwise";
import { gatherRows } from "../gather";
import type { Tensor } from "../load";
import { matmul, matmulNT, matmulTN } from "../matmul";
import type { Operation } from "../operation";
import { grouping, groupSums } from "../pairs";
import { tidy } from "../tidy";
import { activate, activationGradient, replace } from "./activation";

/** Distances and types of P pairs of atoms. */
export interface PairInputs {
  /** [P, 1], ångström. */
  readonly distances: Tensor;
  /** Rows of the embedding of types, [P]. */
  readonly types: Int32Array;
}

/**
 * GeoDiff's features of pairs, [P, d]: an MLP of the distance (1 → d → d, ReLU between) ⊙ the vector
 * of the pair's type; inputs (W₁ [d, 1], b₁ [d], W₂ [d, d], b₂ [d], table of types [·, d]). Keeps
 * the hidden layer and the MLP's output.
 */
export function edgeEncoding({ distances, types }: PairInputs): Operation {
  return {
    forward(w1, b1, w2, b2, table) {
      const [output, hidden, encoded] = tidy(() => {
        const first = replace(matmulNT(distances, w1), (y) => biasAdd(y, b1));
        const hidden = activate(first, "relu");
        const encoded = replace(matmulNT(hidden, w2), (y) => biasAdd(y, b2));
        return [multiply(encoded, gatherRows(table, types)), hidden, encoded];
      });
      return { output, kept: [hidden, encoded] };
    },
    backward(dOutput, [, , w2, , table], [hidden, encoded]) {
      return tidy(() => {
        const byType = grouping(types, table.shape[0]!);
        const dTable = groupSums(multiply(dOutput, encoded), byType);
        const dEncoded = multiply(dOutput, gatherRows(table, types));
        const dFirst = activationGradient(matmul(dEncoded, w2), hidden, "relu");
        return [
          matmulTN(dFirst, distances),
          biasGradient(dFirst),
          matmulTN(dEncoded, hidden),
          biasGradient(dEncoded),
          dTable,
        ];
      });
    },
  };
}
