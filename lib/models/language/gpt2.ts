import { gelu } from "../../engine/fused/gelu";
import { layerNorm } from "../../engine/fused/layerNorm";
import { linear } from "../../engine/fused/linear";
import type { Initial } from "../../engine/initialise";
import { embedding } from "../../engine/operations/embedding";
import { splitQkv } from "../../engine/operations/splitColumns";
import { sum } from "../../engine/operations/sum";
import type { Architecture } from "./architecture";

const norm = layerNorm(1e-5);
const dense = linear({ layout: "in-out" });
const denseForAttention = linear({ layout: "in-out", widen: false });

/** Deviation of fresh weights. */
const DEVIATION = 0.02;

const normal = (deviation: number): Initial => ({ kind: "normal", deviation });
const constant = (value: number): Initial => ({ kind: "constant", value });

/**
 * GPT-2 (Radford et al. 2019): learned positions, layer norm before each half of a block, biases
 * everywhere, tanh-GELU, and one table for the embedding and the head.
 */
export const gpt2: Architecture = {
  parameters({ vocabulary: V, width: d, hidden, context, layers }) {
    const weight = normal(DEVIATION);
    // The projections into the residual stream shrink with the number of additions to it.
    const projection = normal(DEVIATION / Math.sqrt(2 * layers));
    const [ones, zeros] = [constant(1), constant(0)];
    const block = {
      "ln_1.weight": { shape: [d], initial: ones },
      "ln_1.bias": { shape: [d], initial: zeros },
      "attn.c_attn.weight": { shape: [d, 3 * d], initial: weight },
      "attn.c_attn.bias": { shape: [3 * d], initial: zeros },
      "attn.c_proj.weight": { shape: [d, d], initial: projection },
      "attn.c_proj.bias": { shape: [d], initial: zeros },
      "ln_2.weight": { shape: [d], initial: ones },
      "ln_2.bias": { shape: [d], initial: zeros },
      "mlp.c_fc.weight": { shape: [d, hidden], initial: weight },
      "mlp.c_fc.bias": { shape: [hidden], initial: zeros },
      "mlp.c_proj.weight": { shape: [hidden, d], initial: projection },
      "mlp.c_proj.bias": { shape: [d], initial: zeros },
    };
    return {
      "transformer.wte.weight": { shape: [V, d], initial: weight },
      "transformer.wpe.weight": { shape: [context, d], initial: weight },
      ...Object.fromEntries(
        Array.from({ length: layers }, (_, layer) =>
          Object.entries(block).map(([name, spec]) => [`transformer.h.${layer}.${name}`, spec]),
        ).flat(),
      ),
      "transformer.ln_f.weight": { shape: [d], initial: ones },
      "transformer.ln_f.bias": { shape: [d], initial: zeros },
    };
  },

  head: "transformer.wte.weight",
  embeddings: ["transformer.wte.weight", "transformer.wpe.weight"],

  hidden({ layers }, graph, parameter, { inputs, positions, attention }) {
    const named = (name: string) => [parameter(`${name}.weight`), parameter(`${name}.bias`)];
    let x = graph.apply(
      sum,
      graph.apply(embedding(inputs), parameter("transformer.wte.weight")),
      graph.apply(embedding(positions), parameter("transformer.wpe.weight")),
    );
    for (let layer = 0; layer < layers; layer++) {
      const block = (name: string) => named(`transformer.h.${layer}.${name}`);
      const qkv = graph.apply(
        denseForAttention,
        graph.apply(norm, x, ...block("ln_1")),
        ...block("attn.c_attn"),
      );
      const attended = graph.apply(splitQkv(attention(layer)), qkv);
      x = graph.apply(sum, x, graph.apply(dense, attended, ...block("attn.c_proj")));
      const hidden = graph.apply(
        dense,
        graph.apply(norm, x, ...block("ln_2")),
        ...block("mlp.c_fc"),
      );
      const activated = graph.apply(gelu, hidden);
      x = graph.apply(sum, x, graph.apply(dense, activated, ...block("mlp.c_proj")));
    }
    return graph.apply(norm, x, ...named("transformer.ln_f"));
  },
};
