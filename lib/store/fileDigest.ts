import { createHash } from "node:crypto";
import * as fs from "node:fs";

const PIECE = 1 << 20;

/** Length and SHA-256 of a file, read in pieces. */
export function fileDigest(file: string): { bytes: number; sha256: string } {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(PIECE);
  const handle = fs.openSync(file, "r");
  try {
    let bytes = 0;
    for (;;) {
      const read = fs.readSync(handle, piece);
      if (read === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
  } finally {
    fs.closeSync(handle);
  }
}
