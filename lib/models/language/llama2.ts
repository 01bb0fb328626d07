import { linearMap } from "../../engine/fused/affine";
import { embedding } from "../../engine/fused/embedding";
import { rmsNorm } from "../../engine/fused/rmsNorm";
import { rotary } from "../../engine/fused/rotary";
import { sum } from "../../engine/fused/sum";
import { swiglu } from "../../engine/fused/swiglu";
import type { Architecture } from "./architecture";

const norm = rmsNorm(1e-5);

/**
 * Llama-2 (Touvron et al. 2023): rotary positions, RMSNorm before each half of a block, SwiGLU, no
 * biases, and tables of their own for the embedding and the head.
 */
export const llama2: Architecture = {
  parameters({ vocabulary: V, width: d, hidden, layers }) {
    const deviation = 0.02;
    const block = {
      "input_layernorm.weight": { shape: [d], constant: 1 },
      "self_attn.q_proj.weight": { shape: [d, d], deviation },
      "self_attn.k_proj.weight": { shape: [d, d], deviation },
      "self_attn.v_proj.weight": { shape: [d, d], deviation },
      "self_attn.o_proj.weight": { shape: [d, d], deviation },
      "post_attention_layernorm.weight": { shape: [d], constant: 1 },
      "mlp.gate_proj.weight": { shape: [hidden, d], deviation },
      "mlp.up_proj.weight": { shape: [hidden, d], deviation },
      "mlp.down_proj.weight": { shape: [d, hidden], deviation },
    };
    return {
      "model.embed_tokens.weight": { shape: [V, d], deviation },
      ...Object.fromEntries(
        Array.from({ length: layers }, (_, layer) =>
          Object.entries(block).map(([name, start]) => [`model.layers.${layer}.${name}`, start]),
        ).flat(),
      ),
      "model.norm.weight": { shape: [d], constant: 1 },
      "lm_head.weight": { shape: [V, d], deviation },
    };
  },

  head: "lm_head.weight",

  hidden({ width, layers, heads }, graph, parameter, { inputs, positions, attention }) {
    const turn = rotary(positions, { heads, size: width / heads });
    let x = graph.apply(embedding(inputs), parameter("model.embed_tokens.weight"));
    for (let layer = 0; layer < layers; layer++) {
      const of = (name: string) => parameter(`model.layers.${layer}.${name}.weight`);
      const seen = graph.apply(norm, x, of("input_layernorm"));
      const query = graph.apply(turn, graph.apply(linearMap, seen, of("self_attn.q_proj")));
      const key = graph.apply(turn, graph.apply(linearMap, seen, of("self_attn.k_proj")));
      const value = graph.apply(linearMap, seen, of("self_attn.v_proj"));
      const heard = graph.apply(attention(layer), query, key, value);
      x = graph.apply(sum, x, graph.apply(linearMap, heard, of("self_attn.o_proj")));
      const read = graph.apply(norm, x, of("post_attention_layernorm"));
      const gate = graph.apply(linearMap, read, of("mlp.gate_proj"));
      const up = graph.apply(linearMap, read, of("mlp.up_proj"));
      const thought = graph.apply(swiglu, gate, up);
      x = graph.apply(sum, x, graph.apply(linearMap, thought, of("mlp.down_proj")));
    }
    return graph.apply(norm, x, parameter("model.norm.weight"));
  },
};
