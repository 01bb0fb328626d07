import { sizeOf } from "../sizeOf";
/** Element types a block can hold; each is one NumPy dtype on disk. */
export type Dtype = "uint8" | "uint16" | "int32" | "float32" | "float64";

export type TypedArray = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

/**
 * One named part of an item. A fixed field has the same shape in every item (a 28×28×1 image); a
 * ragged one is a run of `shape`-shaped elements whose number differs from item to item (the
 * tokens of a story: shape []; the atoms of a conformer: shape [3]).
 */
export interface Field {
  readonly dtype: Dtype;
  /** Shape of one element. Its product is the element's width in numbers. */
  readonly shape: readonly number[];
  /** Whether items hold a varying number of elements. Default: exactly one. */
  readonly ragged?: boolean;
}

/** What an item of a modality is made of. */
export type Schema = Readonly<Record<string, Field>>;

/** The values of one field over several items, one after the other. */
export interface Column {
  readonly data: TypedArray;
  /** Ragged fields only: item i holds the elements offsets[i] … offsets[i+1]−1. */
  readonly offsets?: Float64Array;
}

/** Several items, column by column. */
export interface Batch {
  readonly length: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Numbers per element of a field: the product of its shape, 1 for a scalar. */
export function width(field: Field): number {
  return sizeOf(field.shape);
}

const CONSTRUCTORS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** A zeroed array of a dtype. */
export function zeros(dtype: Dtype, length: number): TypedArray {
  return new CONSTRUCTORS[dtype](length);
}

/** Bytes per number of a dtype. */
export function bytesOf(dtype: Dtype): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}
