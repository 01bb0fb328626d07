import type { BlockManifest } from "./manifest";
import { filesOf } from "./manifest";
import type { OffsetBudget } from "./offsets";
import { Offsets } from "./offsets";
import { damagedPool, OpenArray } from "./openArray";
import type { Column, Field, TypedArray } from "./schema";
import { bytesOf, width, zeros } from "./schema";

/** One field of a block on disk. */
export class DiskColumn {
  readonly #values: OpenArray;
  readonly #offsets: Offsets | undefined;
  /** Numbers and bytes of one element. */
  readonly #width: number;
  readonly #bytes: number;

  constructor(
    folder: string,
    readonly name: string,
    readonly field: Field,
    manifest: BlockManifest,
    budget: OffsetBudget,
  ) {
    const [values, offsets] = filesOf(name, field);
    this.#width = width(field);
    this.#bytes = this.#width * bytesOf(field.dtype);
    this.#values = new OpenArray(folder, values, manifest);
    try {
      if (offsets) {
        const array = new OpenArray(folder, offsets, manifest);
        this.#offsets = new Offsets(array, budget, this.#values.count);
      }
      const items = this.#offsets?.items ?? this.#values.count;
      if (items !== manifest.length)
        throw damagedPool(
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
    const bounds = this.#offsets.bounds(indices);
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
    const offsets = this.#offsets.range(from, to);
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

  #check(from: number, to: number, item: number): void {
    if (0 <= from && from <= to && to <= this.#values.count) return;
    throw damagedPool(
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
