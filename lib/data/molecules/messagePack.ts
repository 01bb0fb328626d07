import { decode } from "@msgpack/msgpack";
import { messageOf, UserError } from "../../errors";

/** Bytes of the largest entry; a molecule with thousands of conformers takes less. */
const LARGEST_ENTRY = 1 << 26;

/**
 * The entries of a file that is one MessagePack map, or several one after the other. GEOM's maps hold
 * a thousand molecules each, so they are split here and only the entries are given to the
 * decoder: at most one entry, or one chunk if that is larger, is held in memory.
 * @param where name of the file, for error messages
 * @throws UserError if it is empty, truncated, or not such a map
 */
export async function* mapEntries(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<[string, unknown], void, undefined> {
  const waiting = new Waiting();
  /** Entries that the map under way still lacks. */
  let entries = 0;
  let maps = 0;
  let needed = 1;
  for await (const chunk of chunks) {
    waiting.append(chunk);
    // Scanning an unfinished entry again only when its bytes have doubled keeps the work linear.
    if (waiting.bytes.length < needed) continue;
    yield* complete();
    needed = 2 * waiting.bytes.length;
    if (waiting.bytes.length > LARGEST_ENTRY)
      throw new UserError(
        `${where} has an entry of more than ${LARGEST_ENTRY >> 20} MiB; GEOM's are smaller. Fetch it again.`,
      );
  }
  yield* complete();
  const rest = waiting.bytes.length;
  if (maps === 0 && rest === 0) throw new UserError(`${where} is empty. Fetch it again.`);
  if (entries > 0 || rest > 0)
    throw new UserError(
      `${where} is truncated: its last map lacks ${entries > 0 ? entries : "its"} entries. Fetch it again.`,
    );

  /** The entries whose bytes are all there. */
  function* complete(): Generator<[string, unknown], void, undefined> {
    const { bytes } = waiting;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (;;) {
      if (entries === 0) {
        const header = mapHeader(view, at, where);
        if (header === undefined) break;
        maps++;
        [entries, at] = header;
        continue;
      }
      const middle = endOfValue(view, at);
      const end = middle < 0 ? -1 : endOfValue(view, middle);
      if (end < 0) break;
      yield [keyOf(bytes.subarray(at, middle)), decodePart(bytes.subarray(middle, end))];
      entries--;
      at = end;
    }
    waiting.drop(at);
  }

  function keyOf(part: Uint8Array): string {
    const key = decodePart(part);
    return key instanceof Uint8Array ? Buffer.from(key).toString("utf8") : String(key);
  }

  function decodePart(part: Uint8Array): unknown {
    try {
      return decode(part);
    } catch (error) {
      throw new UserError(
        `${where} has an entry that cannot be decoded (${messageOf(error)}); GEOM's files have none. Fetch it again.`,
      );
    }
  }
}

/** Bytes that have arrived and are not used yet, in one array. */
class Waiting {
  #buffer = new Uint8Array(1 << 16);
  #begin = 0;
  #end = 0;

  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#begin, this.#end);
  }

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) {
      const kept = this.bytes;
      // Always a new one, because decoded values may be views of the old. Half as much again
      // leaves room for what follows, so that most chunks move nothing.
      this.#buffer = new Uint8Array(Math.ceil(1.5 * (kept.length + chunk.length)));
      this.#buffer.set(kept);
      this.#begin = 0;
      this.#end = kept.length;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Forgets the first bytes. */
  drop(count: number): void {
    this.#begin += count;
  }
}

/** Entries of the map that begins at `at`, and where they begin; undefined if bytes are missing. */
function mapHeader(view: DataView, at: number, where: string): [number, number] | undefined {
  if (at >= view.byteLength) return undefined;
  const code = view.getUint8(at);
  if (code >> 4 === 0x8) return [code & 15, at + 1];
  const length = code === 0xde ? 2 : code === 0xdf ? 4 : 0;
  if (length === 0)
    throw new UserError(
      `${where} is not a MessagePack map from SMILES to conformers, as GEOM's files are.`,
    );
  if (at + 1 + length > view.byteLength) return undefined;
  return [length === 2 ? view.getUint16(at + 1) : view.getUint32(at + 1), at + 1 + length];
}

/** Bytes after the code of the values of fixed length: 0xca (float 32) to 0xd8 (ext of 16 bytes). */
const FIXED = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

/** Where the value that begins at `at` ends, −1 if bytes are missing (by the format's specification). */
function endOfValue(view: DataView, start: number): number {
  let at = start;
  for (let open = 1; open > 0; open--) {
    if (at >= view.byteLength) return -1;
    const code = view.getUint8(at++);
    if (code < 0x80 || code >= 0xe0) continue;
    if (code < 0x90) open += 2 * (code & 15);
    else if (code < 0xa0) open += code & 15;
    else if (code < 0xc0) at += code & 31;
    else if (code >= 0xc4 && code <= 0xc9) {
      const bytes = 1 << ((code - 0xc4) % 3);
      if (at + bytes > view.byteLength) return -1;
      at += unsigned(view, at, bytes) + bytes + (code >= 0xc7 ? 1 : 0);
    } else if (code >= 0xd9) {
      const bytes = code <= 0xdb ? 1 << (code - 0xd9) : code % 2 === 0 ? 2 : 4;
      if (at + bytes > view.byteLength) return -1;
      const length = unsigned(view, at, bytes);
      at += bytes;
      if (code <= 0xdb) at += length;
      else open += code <= 0xdd ? length : 2 * length;
    } else at += FIXED[code - 0xca] ?? 0;
  }
  return at <= view.byteLength ? at : -1;
}

function unsigned(view: DataView, at: number, bytes: number): number {
  return bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at) : view.getUint32(at);
}
