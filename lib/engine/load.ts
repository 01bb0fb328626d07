import type * as tfjs from "@tensorflow/tfjs-node";
import { messageOf, UserError } from "../errors";

export type Tensor = tfjs.Tensor;

/** An attribute of a TensorFlow operation, as the native binding takes it. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of tfjs-node's native binding that its own backend class does not expose. */
interface Binding {
  readonly TF_Version: string;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: readonly number[], dtype: number, data: ArrayBufferView): number;
  deleteTensor(id: number): void;
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): { id: number; shape: number[]; dtype: number }[];
}

export interface Backend {
  readonly binding: Binding;
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: Tensor[],
    outputs: number,
  ): Tensor[];
  createOutputTensor(metadata: { id: number; shape: number[]; dtype: number }): Tensor;
  getNumOfTFTensors(): number;
}

export interface Engine {
  readonly tf: typeof tfjs;
  readonly backend: Backend;
  /** TensorFlow's own version, e.g. "2.21.0". */
  readonly version: string;
}

/**
 * What the factors of matrix products and convolutions are rounded to, on processors that support
 * it; everything else, sums included, is float32.
 */
export type Precision = "float32" | "bfloat16";

export interface EngineOptions {
  /** Threads per operation. Default: `TF_NUM_INTRAOP_THREADS`, else one per core. */
  readonly threads?: number;
  /** Default: that of the running engine, "float32" at first. */
  readonly precision?: Precision;
}

let loaded: Engine | undefined;

/** oneDNN's own environment variable, which it reads once. */
const ROUNDING = "ONEDNN_DEFAULT_FPMATH_MODE";

/** Environment of a process whose engine starts with a precision. */
export const precisionEnvironment = (precision: Precision): Record<string, string> => ({
  [ROUNDING]: precision === "bfloat16" ? "BF16" : "STRICT",
});

/** What the engine rounds factors to. */
export const precision = (): Precision =>
  process.env[ROUNDING] === "BF16" ? "bfloat16" : "float32";

/**
 * TensorFlow, loaded on the first call and shared from then on.
 * @throws UserError when the native addon is missing or does not load, or when `threads` or a
 *   precision is asked for after TensorFlow has already started with another.
 */
export function engine(options: EngineOptions = {}): Engine {
  const { threads } = options;
  if (loaded) {
    if (options.precision !== undefined && options.precision !== precision())
      throw new UserError(
        `TensorFlow is already running with products in ${precision()}; ask for ${options.precision} before its first use, or in another process.`,
      );
    if (threads !== undefined && String(threads) !== process.env.TF_NUM_INTRAOP_THREADS)
      throw new UserError(
        `TensorFlow is already running with ${process.env.TF_NUM_INTRAOP_THREADS ?? "its default number of"} threads; ask for ${threads} before its first use, or in another process.`,
      );
    return loaded;
  }
  // TensorFlow reads these once, when its library starts.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  if (options.precision !== undefined)
    Object.assign(process.env, precisionEnvironment(options.precision));
  const tf = load();
  const backend = tf.backend() as unknown as Backend;
  loaded = { tf, backend, version: backend.binding.TF_Version };
  return loaded;
}

function load(): typeof tfjs {
  // Loaders of TypeScript turn source maps on, and those of tfjs take 35 MB and a second to read.
  const mapped = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  try {
    require("./removedFromNode.cjs");
    return require("@tensorflow/tfjs-node");
  } catch (error) {
    throw new UserError(
      `The native TensorFlow engine (@tensorflow/tfjs-node) does not load: ${firstLine(error)} Run "npm run setup" to build it.`,
    );
  } finally {
    process.setSourceMapsEnabled(mapped);
  }
}

function firstLine(error: unknown): string {
  const line = messageOf(error).split("\n")[0].trim();
  return line.endsWith(".") ? line : `${line}.`;
}
