import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { Cancelled, UserError } from "../../errors";
import { readChunks } from "../molecules/readChunks";
import type { OwnFile } from "./files";

/** How the reading of files of the user's is followed and stopped. */
export interface Reading {
  readonly signal: AbortSignal;
  /** Called with the bytes read so far and those of all files. */
  readonly progress: (done: number, total: number) => void;
}

/** Reads files one after the other, and takes the SHA-256 of their decompressed bytes. */
export class FileReader {
  readonly #digests: string[] = [];
  readonly #total: number;
  #done = 0;

  constructor(
    files: readonly OwnFile[],
    private readonly reading: Reading,
  ) {
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * The decompressed bytes of a file, about a megabyte at a time.
   * @throws UserError if it cannot be read, or has changed since it was found
   */
  async *chunks(file: OwnFile): AsyncGenerator<Uint8Array, void, undefined> {
    const { size, mtimeMs } = statSync(file.path);
    if (size !== file.bytes || mtimeMs !== file.modified)
      throw new UserError(`${file.path} has changed while it was in use. Run again.`);
    const packed = file.path.endsWith(".gz");
    const hash = createHash("sha256");
    const before = this.#done;
    for await (const chunk of readChunks(file.path)) {
      if (this.reading.signal.aborted) throw new Cancelled();
      hash.update(chunk);
      // Of a compressed file it is not known how far it is read.
      if (!packed) this.#done += chunk.length;
      this.reading.progress(this.#done, this.#total);
      yield chunk;
    }
    this.#done = before + file.bytes;
    this.reading.progress(this.#done, this.#total);
    this.#digests.push(hash.digest("hex"));
  }

  /** SHA-256 of the file that was read last. */
  get last(): string {
    return this.#digests[this.#digests.length - 1];
  }

  /** The bytes of a whole file. @throws UserError as {@link chunks} */
  async bytes(file: OwnFile): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.chunks(file)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Of one file, its checksum; of several, that of their checksums in the order of reading. */
  get sha256(): string {
    if (this.#digests.length === 1) return this.#digests[0];
    return createHash("sha256").update(this.#digests.join("\n")).digest("hex");
  }
}
