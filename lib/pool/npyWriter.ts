import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { withFileErrors } from "../store/fileErrors";
import type { NpyType } from "./npy";
import { npyHeader } from "./npy";
import { LONGEST_CALL } from "./spans";

/** Writes one NumPy array from its first to its last element, without knowing their number. */
export class NpyWriter {
  #fd: number | undefined;
  readonly #hash = createHash("sha256");
  readonly #headerBytes: number;
  #position: number;

  /**
   * Until {@link finish} the file has no valid header, so that nobody reads half an array.
   * @param element shape of one element
   */
  constructor(
    readonly path: string,
    readonly dtype: NpyType,
    readonly element: readonly number[],
  ) {
    this.#headerBytes = npyHeader(dtype, 0, element).length;
    this.#position = this.#headerBytes;
    this.#fd = withFileErrors(path, () => openSync(path, "w"));
  }

  append(values: ArrayBufferView): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#write(bytes, this.#position);
    this.#hash.update(bytes);
    this.#position += bytes.length;
  }

  /**
   * Completes the header, flushes to the disk and closes.
   * @param count elements written
   * @returns size of the file, and the SHA-256 of the array's bytes (all that follows the header)
   */
  finish(count: number): { bytes: number; sha256: string } {
    this.#write(npyHeader(this.dtype, count, this.element), 0);
    withFileErrors(this.path, () => fsyncSync(this.#handle()));
    this.close();
    return { bytes: this.#position, sha256: this.#hash.digest("hex") };
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #write(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += withFileErrors(this.path, () =>
        writeSync(
          this.#handle(),
          bytes,
          done,
          Math.min(bytes.length - done, LONGEST_CALL),
          position + done,
        ),
      );
    }
  }

  /** The system reuses numbers of closed files, so writing on would damage another file. */
  #handle(): number {
    if (this.#fd === undefined) throw new Error(`${this.path} was closed and is written again`);
    return this.#fd;
  }
}
