import type { BlockManifest } from "./manifest";
import { filesOf } from "./manifest";
import { int64ToNumbers } from "./npy";
import { damaged, OpenArray } from "./openArray";
import type { Column, Field, TypedArray } from "./schema";
import { bytesOf, width, zeros } from "./schema";

/** One field of a block on disk. */
export class DiskColumn {
  readonly #values: OpenArray;
  readonly #offsets: OpenArray | undefined;
  /** Numbers and bytes of one element. */
  readonly #width: number;
  readonly #bytes: number;

  constructor(
    folder: string,
    readonly name: string,
    readonly field: Field,
    manifest: BlockManifest,
  ) {
    const [values, offsets] = filesOf(name, field);
    this.#width = width(field);
    this.#bytes = this.#width * bytesOf(field.dtype);
    this.#values = new OpenArray(folder, values, manifest);
    try {
      if (offsets) this.#offsets = new OpenArray(folder, offsets, manifest);
      const items = this.#offsets ? this.#offsets.count - 1 : this.#values.count;
      if (items !== manifest.length)
        throw damaged(
          (this.#offsets ?? this.#values).path,
          `has ${items} items, not ${manifest.length}`,
        );
    } catch (error) {
      this.close();
      throw error;
    }
  }

  gather(indices: ArrayLike<number>): Column {
    const starts = new Float64Array(indices.length);
    if (!this.#offsets) {
      for (let i = 0; i < starts.length; i++) starts[i] = indices[i] * this.#bytes;
      const lengths = new Float64Array(starts.length).fill(this.#bytes);
      return { data: this.#read(starts, lengths, starts.length) };
    }
    const lengths = new Float64Array(indices.length);
    const offsets = new Float64Array(indices.length + 1);
    const bounds = this.#bounds(this.#offsets, indices);
    for (let i = 0; i < starts.length; i++) {
      const [from, to] = [bounds[2 * i], bounds[2 * i + 1]];
      this.#check(from, to, indices[i]);
      starts[i] = from * this.#bytes;
      lengths[i] = (to - from) * this.#bytes;
      offsets[i + 1] = offsets[i] + (to - from);
    }
    return { data: this.#read(starts, lengths, offsets[starts.length]), offsets };
  }

  range(from: number, to: number): Column {
    if (!this.#offsets) return { data: this.#readRange(from, to) };
    const raw = new Uint8Array(8 * (to - from + 1));
    this.#offsets.read(8 * from, raw);
    const offsets = int64ToNumbers(raw);
    const first = offsets[0];
    for (let i = 1; i < offsets.length; i++) this.#check(offsets[i - 1], offsets[i], from + i - 1);
    const data = this.#readRange(first, offsets[offsets.length - 1]);
    for (let i = 0; i < offsets.length; i++) offsets[i] -= first;
    return { data, offsets };
  }

  verify(): void {
    this.#values.verify();
    this.#offsets?.verify();
  }

  close(): void {
    this.#values.close();
    this.#offsets?.close();
  }

  /** First element of each item and of the item after it, two numbers an item. */
  #bounds(offsets: OpenArray, indices: ArrayLike<number>): Float64Array {
    const starts = new Float64Array(indices.length);
    for (let i = 0; i < starts.length; i++) starts[i] = 8 * indices[i];
    const raw = new Uint8Array(16 * starts.length);
    offsets.readSpans(starts, new Float64Array(starts.length).fill(16), raw);
    return int64ToNumbers(raw);
  }

  #check(from: number, to: number, item: number): void {
    if (0 <= from && from <= to && to <= this.#values.count) return;
    throw damaged(
      (this.#offsets ?? this.#values).path,
      `says that item ${item} holds the elements ${from} … ${to} of ${this.#values.count}`,
    );
  }

  #read(starts: Float64Array, lengths: Float64Array, elements: number): TypedArray {
    const data = zeros(this.field.dtype, elements * this.#width);
    this.#values.readSpans(starts, lengths, new Uint8Array(data.buffer));
    return data;
  }

  #readRange(from: number, to: number): TypedArray {
    const data = zeros(this.field.dtype, (to - from) * this.#width);
    this.#values.read(from * this.#bytes, new Uint8Array(data.buffer));
    return data;
  }
}
