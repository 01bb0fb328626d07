import { UserError } from "../../errors";
import { parsed } from "../../loop/config";
import { type LanguageModelConfig, languageModelConfig } from "./config";
import { END_OF_TEXT } from "./packed";

type Json = Readonly<Record<string, unknown>>;

/** How a family is described in `config.json`. */
interface Form {
  readonly modelType: string;
  readonly architecture: string;
  /** Keys of the shape. */
  readonly keys: Readonly<Record<Exclude<keyof LanguageModelConfig, "family">, string>>;
  /** Settings that are fixed here, and the default of transformers where a file omits them. */
  readonly fixed: Readonly<Record<string, { readonly value: unknown; readonly absent: unknown }>>;
  /** Written, but ignored when a file is read. */
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

/** The `config.json` that describes this model to transformers. */
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
 * The inverse of {@link configJson}, also for files written by transformers.
 * @param source named in errors
 * @throws UserError on another architecture, on a missing or invalid number, and on any setting that
 *   the models here do not support, because it would silently change the results
 */
export function parseConfigJson(json: unknown, source: string): LanguageModelConfig {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new UserError(`${source} is not a model config: it does not contain a JSON object.`);
  const given = { ...json, ...ropeOf(json as Json) } as Json;
  const family = (["gpt2", "llama2"] as const).find(
    (name) => FORMS[name].modelType === given.model_type,
  );
  if (!family)
    throw new UserError(
      `${source} describes a model of type ${JSON.stringify(given.model_type)}; supported are "gpt2" (GPT-2) and "llama" (Llama-2).`,
    );
  const { architecture, keys, fixed } = FORMS[family];
  const refuse = (key: string, value: unknown, supported: unknown): UserError =>
    new UserError(
      `${source} has ${key} ${JSON.stringify(value)}; this project's ${architecture} supports only ${JSON.stringify(supported)}.`,
    );
  const { architectures } = given;
  if (Array.isArray(architectures) && !architectures.includes(architecture))
    throw refuse("architectures", architectures, [architecture]);
  const numbers = Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, given[key]]),
  ) as Record<keyof typeof keys, unknown>;
  // GPT-2 files may omit the width of the MLP.
  if (family === "gpt2") numbers.hidden ??= 4 * Number(numbers.width);
  for (const [name, key] of Object.entries(keys))
    if (numbers[name as keyof typeof keys] === undefined)
      throw new UserError(`${source} has no ${key}. Copy the model's config.json again.`);
  const config = parsed(languageModelConfig, { family, ...numbers }, `The shape in ${source}`);
  for (const [key, { value, absent }] of Object.entries(fixed)) {
    const setting = given[key] ?? absent;
    if (setting !== value) throw refuse(key, setting, value);
  }
  const { width, heads } = config;
  if (width % heads !== 0)
    throw new UserError(
      `${source} has a width of ${width}, which is not a multiple of its ${heads} heads.`,
    );
  if (family === "llama2")
    for (const [key, supported] of [
      ["num_key_value_heads", heads],
      ["head_dim", width / heads],
    ] as const)
      if ((given[key] ?? supported) !== supported) throw refuse(key, given[key], supported);
  return config;
}

/** The rotary settings, which versions of transformers put in different places. */
function ropeOf(json: Json): Json {
  const nested = (json.rope_parameters ?? json.rope_scaling ?? {}) as Json;
  return {
    rope_theta: json.rope_theta ?? nested.rope_theta,
    rope_type: nested.rope_type ?? nested.type,
  };
}
