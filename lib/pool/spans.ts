import { readSync } from "node:fs";
import { UserError } from "../errors";

/**
 * Neighbouring items at most this many bytes apart are fetched by one read. A gap within a page
 * costs no more disk traffic, and copying it is cheaper than a second system call.
 */
const GAP = 4096;
/** Longest joint read; bounds the scratch memory of one call. */
const LONGEST = 1 << 20;

/** Bytes of one system call; Node refuses 2 GB and more. */
export const LONGEST_CALL = 1 << 30;

/** Reads exactly `target.length` bytes at `position`, however the system divides the read. */
export function readFully(fd: number, target: Uint8Array, position: number, path: string): void {
  for (let done = 0; done < target.length; ) {
    const length = Math.min(target.length - done, LONGEST_CALL);
    const got = readSync(fd, target, done, length, position + done);
    if (got === 0)
      throw new UserError(
        `${path} is cut short: it ends before byte ${position + target.length}. Delete the block ` +
          "and run again to make a new one.",
      );
    done += got;
  }
}

/**
 * Reads many byte spans of a file, in the order asked, one behind the other into `target`.
 * Spans that lie close together in the file share a read.
 */
export function readSpans(
  fd: number,
  path: string,
  starts: Float64Array,
  lengths: Float64Array,
  target: Uint8Array,
): void {
  const count = starts.length;
  const places = new Float64Array(count);
  let ascending = true;
  for (let i = 1; i < count; i++) {
    places[i] = places[i - 1] + lengths[i - 1];
    ascending &&= starts[i] >= starts[i - 1];
  }
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  if (!ascending) order.sort((a, b) => starts[a] - starts[b]);

  for (let first = 0; first < count; ) {
    const from = starts[order[first]];
    let to = from + lengths[order[first]];
    let next = first + 1;
    for (; next < count; next++) {
      const start = starts[order[next]];
      const end = Math.max(to, start + lengths[order[next]]);
      if (start > to + GAP || end - from > LONGEST) break;
      to = end;
    }
    if (next === first + 1) {
      const place = places[order[first]];
      readFully(fd, target.subarray(place, place + (to - from)), from, path);
    } else {
      const scratch = Buffer.allocUnsafe(to - from);
      readFully(fd, scratch, from, path);
      for (let k = first; k < next; k++) {
        const begin = starts[order[k]] - from;
        target.set(scratch.subarray(begin, begin + lengths[order[k]]), places[order[k]]);
      }
    }
    first = next;
  }
}
