import { UserError } from "../../errors";
import { parsed } from "../../loop/config";
import { type LanguageModelConfig, languageModelConfig } from "./config";
import { END_OF_TEXT } from "./packed";

type Json = Readonly<Record<string, unknown>>;

/** What a family's `config.json` says. */
interface Form {
  readonly modelType: string;
  readonly architecture: string;
  /** Where the shape stands. */
  readonly keys: Readonly<Record<Exclude<keyof LanguageModelConfig, "family">, string>>;
  /** What the models here always do, with what transformers does where a file leaves it out. */
  readonly fixed: Readonly<Record<string, { readonly value: unknown; readonly absent: unknown }>>;
  /** Written, but of no consequence for a model that is read. */
  readonly written: (config: LanguageModelConfig) => Json;
}

const always = (value: unknown, absent = value) => ({ value, absent });

const FORMS: Readonly<Record<LanguageModelConfig["family"], Form>> = {
  gpt2: {
    modelType: "gpt2",
    architecture: "GPT2LMHeadModel",
    keys: {
      vocabulary: "vocab_size",
      width: "n_embd",
      layers: "n_layer",
      heads: "n_head",
      hidden: "n_inner",
      context: "n_positions",
    },
    fixed: {
      activation_function: always("gelu_new"),
      layer_norm_epsilon: always(1e-5),
      scale_attn_weights: always(true),
      scale_attn_by_inverse_layer_idx: always(false),
      tie_word_embeddings: always(true),
    },
    written: () => ({ embd_pdrop: 0, resid_pdrop: 0, attn_pdrop: 0 }),
  },
  llama2: {
    modelType: "llama",
    architecture: "LlamaForCausalLM",
    keys: {
      vocabulary: "vocab_size",
      width: "hidden_size",
      layers: "num_hidden_layers",
      heads: "num_attention_heads",
      hidden: "intermediate_size",
      context: "max_position_embeddings",
    },
    fixed: {
      hidden_act: always("silu"),
      rms_norm_eps: always(1e-5, 1e-6),
      attention_bias: always(false),
      mlp_bias: always(false),
      tie_word_embeddings: always(false),
      // Since version 5, transformers keeps both in `rope_parameters`.
      rope_theta: always(10_000),
      rope_type: always("default"),
    },
    written: ({ width, heads }) => ({
      num_key_value_heads: heads,
      head_dim: width / heads,
      rope_parameters: { rope_theta: 10_000, rope_type: "default" },
      attention_dropout: 0,
    }),
  },
};

/** The `config.json` with which transformers makes the same model. */
export function configJson(config: LanguageModelConfig): string {
  const { modelType, architecture, keys, fixed, written } = FORMS[config.family];
  const entries = [
    ...Object.entries(keys).map(([name, key]) => [key, config[name as keyof typeof keys]]),
    ...Object.entries(fixed).map(([key, { value }]) => [key, value]),
  ];
  const { rope_type, ...plain } = Object.fromEntries(entries);
  const json = {
    model_type: modelType,
    architectures: [architecture],
    ...plain,
    ...written(config),
    initializer_range: 0.02,
    bos_token_id: END_OF_TEXT,
    eos_token_id: END_OF_TEXT,
    dtype: "float32",
    use_cache: true,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/**
 * The inverse of {@link configJson}, also for files that transformers wrote.
 * @param source named in errors
 * @throws UserError on another architecture, on a missing or impossible number, and on anything
 *   that the models here do otherwise, for it would change the results silently
 */
export function parseConfigJson(json: unknown, source: string): LanguageModelConfig {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new UserError(`${source} is no model's config: it holds no JSON object.`);
  const given = { ...json, ...ropeOf(json as Json) } as Json;
  const family = (["gpt2", "llama2"] as const).find(
    (name) => FORMS[name].modelType === given.model_type,
  );
  if (!family)
    throw new UserError(
      `${source} describes a model of type ${JSON.stringify(given.model_type)}; this project has "gpt2" (GPT-2) and "llama" (Llama-2).`,
    );
  const { architecture, keys, fixed } = FORMS[family];
  const refuse = (key: string, value: unknown, ours: unknown): UserError =>
    new UserError(
      `${source} asks for ${key} ${JSON.stringify(value)}; the ${architecture} here always has ${JSON.stringify(ours)}.`,
    );
  const named = given.architectures;
  if (Array.isArray(named) && !named.includes(architecture))
    throw refuse("architectures", named, [architecture]);
  const numbers = Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, given[key]]),
  ) as Record<keyof typeof keys, unknown>;
  // GPT-2 may leave its MLP's width to the rule.
  if (family === "gpt2") numbers.hidden ??= 4 * Number(numbers.width);
  for (const [name, key] of Object.entries(keys))
    if (numbers[name as keyof typeof keys] === undefined)
      throw new UserError(`${source} has no ${key}. Copy the model's config.json anew.`);
  const config = parsed(languageModelConfig, { family, ...numbers }, `The shape in ${source}`);
  for (const [key, { value, absent }] of Object.entries(fixed)) {
    const found = given[key] ?? absent;
    if (found !== value) throw refuse(key, found, value);
  }
  const { width, heads } = config;
  if (width % heads !== 0)
    throw new UserError(`${source} shares a width of ${width} among ${heads} heads unevenly.`);
  if (family === "llama2")
    for (const [key, ours] of [
      ["num_key_value_heads", heads],
      ["head_dim", width / heads],
    ] as const)
      if ((given[key] ?? ours) !== ours) throw refuse(key, given[key], ours);
  return config;
}

/** The rotary settings, wherever this version of transformers puts them. */
function ropeOf(json: Json): Json {
  const nested = (json.rope_parameters ?? json.rope_scaling ?? {}) as Json;
  return {
    rope_theta: json.rope_theta ?? nested.rope_theta,
    rope_type: nested.rope_type ?? nested.type,
  };
}
