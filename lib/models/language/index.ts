import { type Precision, toBfloat16 } from "../../engine/bfloat16";
import { add } from "../../engine/elementwise";
import { causalAttention } from "../../engine/fused/attention";
import { AttentionCache } from "../../engine/fused/cachedAttention";
import { nextToken, nextTokenLosses, scores } from "../../engine/fused/nextToken";
import { accumulateGradients, type Gradients } from "../../engine/gradients";
import { constants, leaves, noGrad, Tape } from "../../engine/graph";
import { parameterInfo } from "../../engine/initialise";
import type { Tensor } from "../../engine/load";
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

/** Name of the head's table among {@link LanguageModel.cast} values, where it is another's copy. */
const HEAD = "head";

/**
 * A transformer of the given shape.
 * @param precision of the factors of matrix products; parameters, their gradients, norms, softmax sums
 *   and losses are float32 with both
 */
export function languageModel(
  config: LanguageModelConfig,
  precision: Precision = "float32",
): LanguageModel {
  const architecture = ARCHITECTURES[config.family];
  const head = (values: Values): Tensor => values[HEAD] ?? values[architecture.head];

  const cast = (values: Values): Values => {
    if (precision === "float32") return values;
    const isFactor = (name: string) =>
      values[name].rank === 2 && !architecture.embeddings.includes(name);
    const taken = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        isFactor(name) ? toBfloat16(value) : value,
      ]),
    );
    return isFactor(architecture.head)
      ? taken
      : { ...taken, [HEAD]: toBfloat16(values[architecture.head]) };
  };

  const infer = (values: Values, rows: Rows): Tensor =>
    architecture.hidden(config, noGrad, constants(values), rows).value;

  const rowsOf = ({ inputs, offsets }: Pick<Packed, "inputs" | "offsets">): Rows => {
    const attention = causalAttention(config.heads, lengthsOf(offsets), precision);
    return { inputs, positions: positionsOf(offsets), attention: () => attention };
  };

  /**
   * Summed loss of some sequences of a batch, and the gradients of `weight` times it.
   * @param values as {@link cast}
   */
  const backpropagate = (values: Values, batch: Packed, weight: number) =>
    tidy(() => {
      const tape = new Tape();
      const nodes = leaves(tape, values);
      const states = architecture.hidden(config, tape, (name) => nodes[name], rowsOf(batch));
      const { losses, dx, dTable } = nextToken(states.value, head(values), batch.targets, weight);
      tape.backward({ node: states, gradient: dx });
      const gradients: Gradients = {};
      for (const [name, node] of Object.entries(nodes))
        if (name !== HEAD) gradients[name] = tape.gradient(node)!;
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
      const gradients = tidy(() => {
        const taken = cast(values);
        let sum: Gradients | undefined;
        for (const piece of divide(batch, rows)) {
          const result = backpropagate(taken, piece, weight);
          loss += result.loss * weight;
          sum = accumulateGradients(sum, result.gradients);
        }
        return sum!;
      });
      return { loss, gradients };
    },
    losses(values, batch) {
      const result = new Float32Array(batch.targets.length);
      let from = 0;
      tidy(() => {
        const taken = cast(values);
        for (const piece of divide(batch, ROWS)) {
          tidy(() => {
            const states = infer(taken, rowsOf(piece));
            const losses = nextTokenLosses(states, head(taken), piece.targets);
            result.set(losses.dataSync<"float32">(), from);
          });
          from += piece.targets.length;
        }
      });
      return result;
    },
    logits(values, batch) {
      return tidy(() => {
        const taken = cast(values);
        return scores(infer(taken, rowsOf(batch)), head(taken));
      });
    },
    cast(values) {
      return tidy(() => {
        const taken = Object.entries(cast(values));
        return Object.fromEntries(
          taken.map(([name, value]) => [name, value === values[name] ? value.clone() : value]),
        );
      });
    },
    cache(sequences) {
      const { layers, heads, width } = config;
      return new AttentionCache(sequences, { layers, heads, size: width / heads, precision });
    },
    step(values, tokens, cache) {
      cache.begin();
      const logits = tidy(() => {
        const states = infer(values, {
          inputs: tokens,
          positions: new Int32Array(tokens.length).fill(cache.position),
          attention: (layer) => cache.attention(layer),
        });
        return scores(states, head(values));
      });
      cache.end();
      return logits;
    },
  };
}
