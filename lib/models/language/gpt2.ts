import { affine } from "../../engine/fused/affine";
import { embedding } from "../../engine/fused/embedding";
import { gelu } from "../../engine/fused/gelu";
import { joined } from "../../engine/fused/joined";
import { layerNorm } from "../../engine/fused/layerNorm";
import { sum } from "../../engine/fused/sum";
import type { Architecture } from "./architecture";

const norm = layerNorm(1e-5);

/**
 * GPT-2 (Radford et al. 2019): learned positions, layer norm before each half of a block, biases
 * everywhere, tanh-GELU, and one table for the embedding and the head.
 */
export const gpt2: Architecture = {
  parameters({ vocabulary: V, width: d, hidden, context, layers }) {
    const deviation = 0.02;
    // What a block adds to the residual stream shrinks with the number of additions.
    const added = deviation / Math.sqrt(2 * layers);
    const block = {
      "ln_1.weight": { shape: [d], constant: 1 },
      "ln_1.bias": { shape: [d], constant: 0 },
      "attn.c_attn.weight": { shape: [d, 3 * d], deviation },
      "attn.c_attn.bias": { shape: [3 * d], constant: 0 },
      "attn.c_proj.weight": { shape: [d, d], deviation: added },
      "attn.c_proj.bias": { shape: [d], constant: 0 },
      "ln_2.weight": { shape: [d], constant: 1 },
      "ln_2.bias": { shape: [d], constant: 0 },
      "mlp.c_fc.weight": { shape: [d, hidden], deviation },
      "mlp.c_fc.bias": { shape: [hidden], constant: 0 },
      "mlp.c_proj.weight": { shape: [hidden, d], deviation: added },
      "mlp.c_proj.bias": { shape: [d], constant: 0 },
    };
    return {
      "transformer.wte.weight": { shape: [V, d], deviation },
      "transformer.wpe.weight": { shape: [context, d], deviation },
      ...Object.fromEntries(
        Array.from({ length: layers }, (_, layer) =>
          Object.entries(block).map(([name, start]) => [`transformer.h.${layer}.${name}`, start]),
        ).flat(),
      ),
      "transformer.ln_f.weight": { shape: [d], constant: 1 },
      "transformer.ln_f.bias": { shape: [d], constant: 0 },
    };
  },

  head: "transformer.wte.weight",

  hidden({ layers }, graph, parameter, { inputs, positions, attention }) {
    let x = graph.apply(
      sum,
      graph.apply(embedding(inputs), parameter("transformer.wte.weight")),
      graph.apply(embedding(positions), parameter("transformer.wpe.weight")),
    );
    for (let layer = 0; layer < layers; layer++) {
      const of = (name: string) => [
        parameter(`transformer.h.${layer}.${name}.weight`),
        parameter(`transformer.h.${layer}.${name}.bias`),
      ];
      const qkv = graph.apply(affine, graph.apply(norm, x, ...of("ln_1")), ...of("attn.c_attn"));
      const heard = graph.apply(
        affine,
        graph.apply(joined(attention(layer)), qkv),
        ...of("attn.c_proj"),
      );
      x = graph.apply(sum, x, heard);
      const up = graph.apply(affine, graph.apply(norm, x, ...of("ln_2")), ...of("mlp.c_fc"));
      const thought = graph.apply(affine, graph.apply(gelu, up), ...of("mlp.c_proj"));
      x = graph.apply(sum, x, thought);
    }
    return graph.apply(
      norm,
      x,
      parameter("transformer.ln_f.weight"),
      parameter("transformer.ln_f.bias"),
    );
  },
};
