import { linear } from "../../engine/fused/linear";
import { rmsNorm } from "../../engine/fused/rmsNorm";
import { rotary } from "../../engine/fused/rotary";
import { swiglu } from "../../engine/fused/swiglu";
import type { Initial } from "../../engine/initialise";
import { embedding } from "../../engine/operations/embedding";
import { sum } from "../../engine/operations/sum";
import type { Architecture } from "./architecture";

const norm = rmsNorm(1e-5);
const project = linear({ layout: "out-in", bias: false });
const projectForAttention = linear({ layout: "out-in", bias: false, widen: false });

/**
 * Llama-2 (Touvron et al. 2023): rotary positions, RMSNorm before each half of a block, SwiGLU, no
 * biases, and separate tables for the embedding and the head.
 */
export const llama2: Architecture = {
  parameters({ vocabulary: V, width: d, hidden, layers }) {
    const initial: Initial = { kind: "normal", deviation: 0.02 };
    const ones: Initial = { kind: "constant", value: 1 };
    const block = {
      "input_layernorm.weight": { shape: [d], initial: ones },
      "self_attn.q_proj.weight": { shape: [d, d], initial },
      "self_attn.k_proj.weight": { shape: [d, d], initial },
      "self_attn.v_proj.weight": { shape: [d, d], initial },
      "self_attn.o_proj.weight": { shape: [d, d], initial },
      "post_attention_layernorm.weight": { shape: [d], initial: ones },
      "mlp.gate_proj.weight": { shape: [hidden, d], initial },
      "mlp.up_proj.weight": { shape: [hidden, d], initial },
      "mlp.down_proj.weight": { shape: [d, hidden], initial },
    };
    return {
      "model.embed_tokens.weight": { shape: [V, d], initial },
      ...Object.fromEntries(
        Array.from({ length: layers }, (_, layer) =>
          Object.entries(block).map(([name, spec]) => [`model.layers.${layer}.${name}`, spec]),
        ).flat(),
      ),
      "model.norm.weight": { shape: [d], initial: ones },
      "lm_head.weight": { shape: [V, d], initial },
    };
  },

  head: "lm_head.weight",
  embeddings: ["model.embed_tokens.weight"],

  hidden({ width, layers, heads }, graph, parameter, { inputs, positions, attention }) {
    const rope = rotary(positions, { heads, size: width / heads });
    let x = graph.apply(embedding(inputs), parameter("model.embed_tokens.weight"));
    for (let layer = 0; layer < layers; layer++) {
      const block = (name: string) => parameter(`model.layers.${layer}.${name}.weight`);
      const attnIn = graph.apply(norm, x, block("input_layernorm"));
      const query = graph.apply(rope, graph.apply(project, attnIn, block("self_attn.q_proj")));
      const key = graph.apply(rope, graph.apply(project, attnIn, block("self_attn.k_proj")));
      const value = graph.apply(projectForAttention, attnIn, block("self_attn.v_proj"));
      const attended = graph.apply(attention(layer), query, key, value);
      x = graph.apply(sum, x, graph.apply(project, attended, block("self_attn.o_proj")));
      const mlpIn = graph.apply(norm, x, block("post_attention_layernorm"));
      const gate = graph.apply(project, mlpIn, block("mlp.gate_proj"));
      const up = graph.apply(project, mlpIn, block("mlp.up_proj"));
      const activated = graph.apply(swiglu, gate, up);
      x = graph.apply(sum, x, graph.apply(project, activated, block("mlp.down_proj")));
    }
    return graph.apply(norm, x, parameter("model.norm.weight"));
  },
};
