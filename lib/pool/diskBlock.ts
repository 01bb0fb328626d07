import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors";
import { checkIndex, checkRange } from "./batch";
import type { Block } from "./block";
import type { ArrayFile, BlockManifest } from "./manifest";
import { filesOf, readBlockManifest } from "./manifest";
import { readNpyHeader } from "./npy";
import type { Batch, Column, Field, Schema, TypedArray } from "./schema";
import { bytesOf, width, zeros } from "./schema";
import { readFully, readSpans } from "./spans";

const REMEDY = "Delete the block's folder and run again to make it anew.";

/**
 * A block on disk. Each call reads just the items asked for, at a cost that does not depend on
 * the block's size; nothing is kept in memory but two file handles a field. Speed comes from the
 * operating system's page cache, which other processes share.
 */
export class DiskBlock implements Block {
  readonly schema: Schema;
  readonly length: number;
  readonly #columns: DiskColumn[];

  private constructor(
    readonly folder: string,
    readonly manifest: BlockManifest,
  ) {
    this.schema = manifest.schema as Schema;
    this.length = manifest.length;
    this.#columns = Object.entries(this.schema).map(
      ([name, field]) => new DiskColumn(folder, name, field, manifest),
    );
  }

  /**
   * Opens a finished block; checks manifest, file sizes and headers, but does not read the data
   * (see {@link verify}).
   * @throws UserError naming the file that is missing, cut short or of another format
   */
  static open(folder: string): DiskBlock {
    return new DiskBlock(folder, readBlockManifest(folder));
  }

  gather(indices: ArrayLike<number>): Batch {
    for (let i = 0; i < indices.length; i++) checkIndex(indices[i], this.length);
    return this.#batch(indices.length, (column) => column.gather(indices));
  }

  range(from: number, to: number): Batch {
    checkRange(from, to, this.length);
    return this.#batch(to - from, (column) => column.range(from, to));
  }

  /** Reads all of it and compares checksums. @throws UserError naming the damaged file */
  verify(): void {
    for (const column of this.#columns) column.verify(this.manifest);
  }

  close(): void {
    for (const column of this.#columns) column.close();
  }

  #batch(length: number, read: (column: DiskColumn) => Column): Batch {
    const columns: Record<string, Column> = {};
    for (const column of this.#columns) columns[column.name] = read(column);
    return { length, columns };
  }
}

/** One field of a block on disk. */
class DiskColumn {
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
    if (offsets) {
      this.#offsets = new OpenArray(folder, offsets, manifest);
    } else if (this.#values.count !== manifest.length) {
      throw damaged(this.#values.path, `has ${this.#values.count} items, not ${manifest.length}`);
    }
  }

  gather(indices: ArrayLike<number>): Column {
    const starts = new Float64Array(indices.length);
    const lengths = new Float64Array(indices.length);
    let elements = 0;
    if (this.#offsets) {
      const offsets = new Float64Array(indices.length + 1);
      const bounds = this.#bounds(this.#offsets, indices);
      for (let i = 0; i < indices.length; i++) {
        const [from, to] = this.#checked(bounds[2 * i], bounds[2 * i + 1], indices[i]);
        starts[i] = this.#values.start + from * this.#bytes;
        lengths[i] = (to - from) * this.#bytes;
        elements += to - from;
        offsets[i + 1] = elements;
      }
      return { data: this.#read(starts, lengths, elements), offsets };
    }
    for (let i = 0; i < indices.length; i++)
      starts[i] = this.#values.start + indices[i] * this.#bytes;
    lengths.fill(this.#bytes);
    return { data: this.#read(starts, lengths, indices.length) };
  }

  range(from: number, to: number): Column {
    if (!this.#offsets) return { data: this.#readRange(from, to) };
    const raw = new BigInt64Array(to - from + 1);
    readFully(
      this.#offsets.fd,
      new Uint8Array(raw.buffer),
      this.#offsets.start + 8 * from,
      this.#offsets.path,
    );
    const offsets = new Float64Array(raw.length);
    const first = Number(raw[0]);
    for (let i = 1; i < raw.length; i++) {
      this.#checked(Number(raw[i - 1]), Number(raw[i]), from + i - 1);
      offsets[i] = Number(raw[i]) - first;
    }
    return { data: this.#readRange(first, first + offsets[offsets.length - 1]), offsets };
  }

  verify(manifest: BlockManifest): void {
    for (const array of [this.#values, this.#offsets]) array?.verify(manifest);
  }

  close(): void {
    for (const array of [this.#values, this.#offsets]) array?.close();
  }

  /** First and last element bound of each item, two numbers an item. */
  #bounds(array: OpenArray, indices: ArrayLike<number>): Float64Array {
    const raw = new BigInt64Array(2 * indices.length);
    const starts = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) starts[i] = array.start + 8 * indices[i];
    const lengths = new Float64Array(indices.length).fill(16);
    readSpans(array.fd, array.path, starts, lengths, new Uint8Array(raw.buffer));
    return Float64Array.from(raw, Number);
  }

  #checked(from: number, to: number, item: number): [number, number] {
    if (0 <= from && from <= to && to <= this.#values.count) return [from, to];
    throw damaged(
      this.#offsets?.path ?? this.#values.path,
      `says that item ${item} holds the elements ${from} … ${to} of ${this.#values.count}`,
    );
  }

  #read(starts: Float64Array, lengths: Float64Array, elements: number): TypedArray {
    const data = zeros(this.field.dtype, elements * this.#width);
    readSpans(this.#values.fd, this.#values.path, starts, lengths, new Uint8Array(data.buffer));
    return data;
  }

  #readRange(from: number, to: number): TypedArray {
    const data = zeros(this.field.dtype, (to - from) * this.#width);
    const position = this.#values.start + from * this.#bytes;
    readFully(this.#values.fd, new Uint8Array(data.buffer), position, this.#values.path);
    return data;
  }
}

/** An array file that was found to be what the manifest says, held open for reading. */
class OpenArray {
  readonly fd: number;
  readonly path: string;
  /** Elements along the first axis. */
  readonly count: number;
  /** Position of the first byte of data. */
  readonly start: number;
  #open = true;

  constructor(
    folder: string,
    readonly array: ArrayFile,
    manifest: BlockManifest,
  ) {
    this.path = join(folder, array.file);
    const expected = manifest.files[array.file];
    if (!expected) throw damaged(this.path, "is not listed in the block's manifest");
    this.count = expected.count;
    this.fd = openExisting(this.path);
    try {
      const bytes = fstatSync(this.fd).size;
      if (bytes !== expected.bytes)
        throw damaged(this.path, `has ${bytes} bytes, not ${expected.bytes}`);
      const header = readNpyHeader(this.fd, this.path);
      const shape = [expected.count, ...array.element];
      if (header.dtype !== array.dtype || header.shape.join() !== shape.join())
        throw damaged(
          this.path,
          `holds ${header.dtype} [${header.shape}], not ${array.dtype} [${shape}]`,
        );
      this.start = header.start;
    } catch (error) {
      closeSync(this.fd);
      throw error;
    }
  }

  verify(manifest: BlockManifest): void {
    const hash = createHash("sha256");
    const expected = manifest.files[this.array.file];
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (let at = this.start; at < expected.bytes; at += chunk.length) {
      const piece = chunk.subarray(0, Math.min(chunk.length, expected.bytes - at));
      readFully(this.fd, piece, at, this.path);
      hash.update(piece);
    }
    if (hash.digest("hex") !== expected.sha256)
      throw damaged(this.path, "does not have the checksum in its manifest");
  }

  close(): void {
    if (this.#open) closeSync(this.fd);
    this.#open = false;
  }
}

function openExisting(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw damaged(path, "is missing");
  }
}

function damaged(path: string, how: string): UserError {
  return new UserError(`${path} ${how}. ${REMEDY}`);
}
