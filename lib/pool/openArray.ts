import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors";
import { fileErrorOf } from "../store/fileErrors";
import type { ArrayFile, BlockManifest } from "./manifest";
import { readNpyHeader } from "./npy";
import { readFully, readSpans } from "./spans";

/** An array file of a block, open for reading, whose size and header are what the manifest says. */
export class OpenArray {
  readonly path: string;
  /** Elements along the first axis. */
  readonly count: number;
  /** Position of the first byte of data. */
  readonly #start: number;
  readonly #expected: BlockManifest["files"][string];
  #fd: number | undefined;

  /** @throws UserError if the file is missing, or has another size or header than it must */
  constructor(folder: string, array: ArrayFile, manifest: BlockManifest) {
    this.path = join(folder, array.file);
    this.#expected = manifest.files[array.file];
    if (!this.#expected) throw damagedPool(this.path, "is not listed in the block's manifest");
    this.count = this.#expected.count;
    const fd = openExisting(this.path);
    this.#fd = fd;
    try {
      const bytes = fstatSync(fd).size;
      if (bytes !== this.#expected.bytes)
        throw damagedPool(this.path, `has ${bytes} bytes, not ${this.#expected.bytes}`);
      const header = readNpyHeader(fd, this.path);
      const shape = [this.count, ...array.element];
      if (header.dtype !== array.dtype || header.shape.join() !== shape.join())
        throw damagedPool(
          this.path,
          `holds ${header.dtype} [${header.shape}], not ${array.dtype} [${shape}]`,
        );
      this.#start = header.start;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Fills `target` from byte `position` of the data on. */
  read(position: number, target: Uint8Array): void {
    readFully(this.#handle(), target, this.#start + position, this.path);
  }

  /** Reads spans (byte positions in the data, byte lengths) one after the other into `target`. */
  readSpans(positions: Float64Array, lengths: Float64Array, target: Uint8Array): void {
    const starts = positions.map((position) => this.#start + position);
    readSpans(this.#handle(), this.path, starts, lengths, target);
  }

  /** Reads all of it. @throws UserError if the checksum is not the manifest's */
  verify(): void {
    const hash = createHash("sha256");
    const size = this.#expected.bytes - this.#start;
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (let at = 0; at < size; at += chunk.length) {
      const piece = chunk.subarray(0, Math.min(chunk.length, size - at));
      this.read(at, piece);
      hash.update(piece);
    }
    if (hash.digest("hex") !== this.#expected.sha256)
      throw damagedPool(this.path, "does not have the checksum in its manifest");
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** The system reuses numbers of closed files, so reading on would return another file's bytes. */
  #handle(): number {
    if (this.#fd === undefined) throw new Error(`${this.path} was closed and is read again`);
    return this.#fd;
  }
}

/** The sentence about a block's file that is not what it must be. */
export function damagedPool(path: string, how: string): UserError {
  return new UserError(
    `${path} ${how}. Delete the block's folder and run again to make a new one.`,
  );
}

function openExisting(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw fileErrorOf(error, path);
    throw damagedPool(path, "is missing");
  }
}
