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
  ): NativeTensor[];
}

/** A native tensor: its handle, shape and TensorFlow's number of its element type. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export interface Backend {
  readonly binding: Binding;
  /** The native tensor behind each tensor, by its `dataId`. */
  readonly tensorMap: {
    get(dataId: object): { readonly dtype: number };
    set(dataId: object, data: NativeTensor & { values: null; refCount: number }): void;
  };
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(native: NativeTensor): Tensor;
  getNumOfTFTensors(): number;
}

export interface Engine {
  readonly tf: typeof tfjs;
  readonly backend: Backend;
  /** TensorFlow's own version, e.g. "2.21.0". */
  readonly version: string;
}

export interface EngineOptions {
  /** Threads per operation. Default: `TF_NUM_INTRAOP_THREADS`, else one per core. */
  readonly threads?: number;
}

let loaded: Engine | undefined;

/**
 * TensorFlow, loaded on the first call and shared from then on.
 * @throws UserError when the native addon is missing or does not load, or when `threads` is asked for
 *   after TensorFlow has already started with another number.
 */
export function engine(options: EngineOptions = {}): Engine {
  const { threads } = options;
  if (loaded) {
    if (threads !== undefined && String(threads) !== process.env.TF_NUM_INTRAOP_THREADS)
      throw new UserError(
        `TensorFlow is already running with ${process.env.TF_NUM_INTRAOP_THREADS ?? "its default number of"} threads; ask for ${threads} before its first use, or in another process.`,
      );
    return loaded;
  }
  // TensorFlow reads these once, when its library starts.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(threads);
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
