import { add } from "../../engine/elementwise";
import { causalAttention } from "../../engine/fused/attention";
import { AttentionCache } from "../../engine/fused/cachedAttention";
import { nextToken, nextTokenLosses } from "../../engine/fused/nextToken";
import { accumulateGradients, type Gradients } from "../../engine/gradients";
import { constants, leaves, noGrad, Tape } from "../../engine/graph";
import { parameterInfo } from "../../engine/initialise";
import type { Tensor } from "../../engine/load";
import { matmulNT } from "../../engine/matmul";
import type { Values } from "../../engine/parameters";
import { tidy } from "../../engine/tidy";
import type { Architecture, Rows } from "./architecture";
import type { LanguageModelConfig } from "./config";
import { gpt2 } from "./gpt2";
import { llama2 } from "./llama2";
import type { LanguageModel } from "./model";
import { divide, lengthsOf, type Packed, positionsOf } from "./packed";

const ARCHITECTURES: Record<LanguageModelConfig["family"], Architecture> = {
  gpt2,
  llama2,
};

/** Rows that pass through the network together, which bounds memory whatever the batch size. */
export const ROWS = 512;

/** A transformer of the given shape. */
export function languageModel(config: LanguageModelConfig): LanguageModel {
  const architecture = ARCHITECTURES[config.family];
  const head = (values: Values): Tensor => values[architecture.head];

  const infer = (values: Values, rows: Rows): Tensor =>
    architecture.hidden(config, noGrad, constants(values), rows).value;

  const rowsOf = ({ inputs, offsets }: Pick<Packed, "inputs" | "offsets">): Rows => {
    const attention = causalAttention(config.heads, lengthsOf(offsets));
    return { inputs, positions: positionsOf(offsets), attention: () => attention };
  };

  /** Summed loss of some sequences of a batch, and the gradients of `weight` times it. */
  const backpropagate = (values: Values, batch: Packed, weight: number) =>
    tidy(() => {
      const tape = new Tape();
      const nodes = leaves(tape, values);
      const states = architecture.hidden(config, tape, (name) => nodes[name], rowsOf(batch));
      const { losses, dx, dTable } = nextToken(states.value, head(values), batch.targets, weight);
      tape.backward({ node: states, gradient: dx });
      const gradients: Gradients = {};
      for (const [name, node] of Object.entries(nodes)) gradients[name] = tape.gradient(node)!;
      const tied = gradients[architecture.head];
      gradients[architecture.head] = tied ? add(tied, dTable) : dTable;
      return { loss: losses.sum().dataSync()[0], gradients };
    });

  return {
    config,
    ...parameterInfo(architecture.parameters(config)),
    gradients(values, batch, { denominator = batch.targets.length, rows = ROWS } = {}) {
      const weight = 1 / denominator;
      let loss = 0;
      let gradients: Gradients | undefined;
      for (const piece of divide(batch, rows)) {
        const result = backpropagate(values, piece, weight);
        loss += result.loss * weight;
        gradients = accumulateGradients(gradients, result.gradients);
      }
      return { loss, gradients: gradients! };
    },
    losses(values, batch) {
      const result = new Float32Array(batch.targets.length);
      let from = 0;
      for (const piece of divide(batch, ROWS)) {
        tidy(() => {
          const states = infer(values, rowsOf(piece));
          const losses = nextTokenLosses(states, head(values), piece.targets);
          result.set(losses.dataSync<"float32">(), from);
        });
        from += piece.targets.length;
      }
      return result;
    },
    logits(values, batch) {
      return tidy(() => matmulNT(infer(values, rowsOf(batch)), head(values)));
    },
    cache(sequences) {
      const { layers, heads, width } = config;
      return new AttentionCache(sequences, { layers, heads, size: width / heads });
    },
    step(values, tokens, cache) {
      cache.begin();
      const logits = tidy(() => {
        const states = infer(values, {
          inputs: tokens,
          positions: new Int32Array(tokens.length).fill(cache.position),
          attention: (layer) => cache.attention(layer),
        });
        return matmulNT(states, head(values));
      });
      cache.end();
      return logits;
    },
  };
}
