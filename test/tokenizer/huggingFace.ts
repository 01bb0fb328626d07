import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Hugging Face's library made; see fixtures/make.py. */
export interface Peer {
  readonly name: string;
  /** Training texts, the size asked for and the least count of a pair; absent if not trained. */
  readonly texts?: readonly string[];
  readonly asked?: number;
  readonly minimumCount?: number;
  /** Tokens it got. */
  readonly vocabulary: number;
  readonly json: string;
  readonly encoded: readonly (readonly [text: string, ids: readonly number[]])[];
  readonly long: readonly (readonly [
    pattern: string,
    times: number,
    tokens: number,
    digest: string,
  ])[];
  readonly decoded: readonly (readonly [ids: readonly number[], text: string])[];
}

export const PEERS: readonly Peer[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures", "huggingFace.json"), "utf8"),
);

export function peer(name: string): Peer {
  return PEERS.find((entry) => entry.name === name)!;
}

/** SHA-256 of anything; of ids as little-endian uint16. */
export function digest(data: string | Uint8Array | Uint16Array): string {
  const bytes =
    data instanceof Uint16Array
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : data;
  return createHash("sha256").update(bytes).digest("hex");
}
