import { decode } from "@msgpack/msgpack";
import { messageOf, UserError } from "../../errors";

/** Bytes of the largest entry; a molecule with thousands of conformers stays below. */
const LARGEST_ENTRY = 1 << 28;

/**
 * The entries of a file that is one MessagePack map, or several behind each other. GEOM's maps hold a
 * thousand molecules each, so they are taken apart here and only the entries are given to the
 * decoder: held in memory are an entry and a chunk.
 * @param where the file, for messages
 * @throws UserError if it is empty, cut short, or no such map
 */
export async function* mapEntries(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<[string, unknown], void, undefined> {
  let bytes = new Uint8Array();
  let entries = 0;
  let maps = 0;
  let wanted = 1;
  const waiting: Uint8Array[] = [];
  let waitingLength = 0;
  for await (const chunk of chunks) {
    waiting.push(Uint8Array.from(chunk));
    waitingLength += chunk.length;
    // Walking over an unfinished entry again only when the bytes have doubled keeps that linear.
    if (bytes.length + waitingLength < wanted) continue;
    bytes = Uint8Array.from(Buffer.concat([bytes, ...waiting.splice(0)]));
    waitingLength = 0;
    yield* whole();
    wanted = 2 * bytes.length;
    if (bytes.length > LARGEST_ENTRY)
      throw new UserError(`${where} has an entry that does not end; it is no MessagePack of GEOM.`);
  }
  bytes = Uint8Array.from(Buffer.concat([bytes, ...waiting]));
  yield* whole();
  if (maps === 0 && bytes.length === 0) throw new UserError(`${where} is empty. Fetch it again.`);
  if (entries > 0 || bytes.length > 0)
    throw new UserError(
      `${where} is cut short: its last map lacks ${entries > 0 ? entries : "its"} entries. Fetch it again.`,
    );

  function* whole(): Generator<[string, unknown], void, undefined> {
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
      yield [keyOf(bytes.subarray(at, middle)), decoded(bytes.subarray(middle, end))];
      entries--;
      at = end;
    }
    bytes = bytes.slice(at);
  }

  function keyOf(part: Uint8Array): string {
    const key = decoded(part);
    return key instanceof Uint8Array ? Buffer.from(key).toString("utf8") : String(key);
  }

  function decoded(part: Uint8Array): unknown {
    try {
      return decode(part);
    } catch (error) {
      throw new UserError(`${where} is no MessagePack (${messageOf(error)}). Fetch it again.`);
    }
  }
}

/** Entries of the map that begins at `at`, and where they begin; undefined if bytes are lacking. */
function mapHeader(view: DataView, at: number, where: string): [number, number] | undefined {
  if (at >= view.byteLength) return undefined;
  const code = view.getUint8(at);
  if (code >> 4 === 0x8) return [code & 15, at + 1];
  const length = code === 0xde ? 2 : code === 0xdf ? 4 : 0;
  if (length === 0)
    throw new UserError(`${where} is no MessagePack map from SMILES to conformers, as GEOM's are.`);
  if (at + 1 + length > view.byteLength) return undefined;
  return [length === 2 ? view.getUint16(at + 1) : view.getUint32(at + 1), at + 1 + length];
}

/** Bytes after the code of the values of fixed length: 0xca (float 32) to 0xd8 (ext of 16 bytes). */
const FIXED = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

/** Where the value that begins at `at` ends, −1 if bytes are lacking. The format's specification. */
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
