import { add } from "../../engine/elementwise";
import { causalAttention } from "../../engine/fused/attention";
import { AttentionCache } from "../../engine/fused/cachedAttention";
import { nextToken, nextTokenLosses } from "../../engine/fused/nextToken";
import { forgetful, type Node, Tape } from "../../engine/graph";
import { engine, type Tensor } from "../../engine/load";
import type { Values } from "../../engine/parameters";
import { productTransposed } from "../../engine/products";
import { normal } from "../../engine/random";
import { tidy } from "../../engine/tidy";
import type { Architecture, Rows } from "./architecture";
import type { LanguageModelConfig } from "./config";
import { gpt2 } from "./gpt2";
import { llama2 } from "./llama2";
import type { LanguageModel } from "./model";
import { lengthsOf, type Packed, parts, positionsOf } from "./packed";

const ARCHITECTURES: Record<LanguageModelConfig["family"], Architecture> = {
  gpt2,
  llama2,
};

/** Rows that pass through the network together, which bounds memory whatever the batch. */
export const ROWS = 512;

/** A transformer of the given shape. */
export function languageModel(config: LanguageModelConfig): LanguageModel {
  const architecture = ARCHITECTURES[config.family];
  const starts = architecture.parameters(config);
  const names = Object.keys(starts);
  const shapes = Object.fromEntries(names.map((name) => [name, starts[name].shape]));

  const hidden = (values: Values, batch: Pick<Packed, "inputs" | "offsets">): Tensor =>
    tidy(() => inferred(values, packedRows(batch)));

  const inferred = (values: Values, rows: Rows): Tensor =>
    architecture.hidden(config, forgetful, (name) => ({ value: values[name] }), rows).value;

  const packedRows = ({ inputs, offsets }: Pick<Packed, "inputs" | "offsets">): Rows => {
    const attention = causalAttention(config.heads, lengthsOf(offsets));
    return { inputs, positions: positionsOf(offsets), attention: () => attention };
  };

  const part = (values: Values, batch: Packed, weight: number) =>
    tidy(() => {
      const tape = new Tape();
      const leaves: Record<string, Node> = {};
      for (const name of names) leaves[name] = tape.leaf(values[name]);
      const states = architecture.hidden(config, tape, (name) => leaves[name], packedRows(batch));
      const { losses, dx, dTable } = nextToken(
        states.value,
        values[architecture.head],
        batch.targets,
        weight,
      );
      tape.backward(states, dx);
      const gradients: Record<string, Tensor> = {};
      for (const name of names) {
        const found = tape.gradient(leaves[name]);
        gradients[name] =
          name === architecture.head ? (found ? add(found, dTable) : dTable) : found!;
      }
      return { loss: losses.sum().dataSync()[0], gradients };
    });

  return {
    config,
    shapes,
    parameterCount: names.reduce((sum, name) => sum + size(shapes[name]), 0),
    initial(stream) {
      return Object.fromEntries(
        names.map((name) => {
          const start = starts[name];
          const { shape } = start;
          if ("constant" in start)
            return [name, { shape, data: new Float32Array(size(shape)).fill(start.constant) }];
          const data = tidy(() =>
            normal(shape, stream.at(name)).mul(start.deviation).dataSync<"float32">(),
          );
          return [name, { shape, data }];
        }),
      );
    },
    gradients(values, batch, { tokens = batch.targets.length, rows = ROWS } = {}) {
      const { tf } = engine();
      const weight = 1 / tokens;
      let loss = 0;
      let gradients: Record<string, Tensor> | undefined;
      for (const piece of parts(batch, rows)) {
        const found = part(values, piece, weight);
        loss += found.loss * weight;
        if (!gradients) gradients = found.gradients;
        else
          for (const name of names) {
            const before = gradients[name];
            gradients[name] = add(before, found.gradients[name]);
            tf.dispose([before, found.gradients[name]]);
          }
      }
      return { loss, gradients: gradients! };
    },
    losses(values, batch) {
      const result = new Float32Array(batch.targets.length);
      let from = 0;
      for (const piece of parts(batch, ROWS)) {
        tidy(() => {
          const table = values[architecture.head];
          const losses = nextTokenLosses(hidden(values, piece), table, piece.targets);
          result.set(losses.dataSync<"float32">(), from);
        });
        from += piece.targets.length;
      }
      return result;
    },
    logits(values, batch) {
      return tidy(() => productTransposed(hidden(values, batch), values[architecture.head]));
    },
    cache(sequences) {
      const { layers, heads, width } = config;
      return new AttentionCache(sequences, { layers, heads, size: width / heads });
    },
    step(values, tokens, cache) {
      cache.begin();
      const logits = tidy(() => {
        const states = inferred(values, {
          inputs: tokens,
          positions: new Int32Array(tokens.length).fill(cache.position),
          attention: (layer) => cache.attention(layer),
        });
        return productTransposed(states, values[architecture.head]);
      });
      cache.end();
      return logits;
    },
  };
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
