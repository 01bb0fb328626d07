/**
 * A copy of a text. JavaScript engines keep a piece that is cut out of a longer text as a reference to all
 * of it, so that a few stories would keep a file of gigabytes in memory.
 */
export function detached(text: string): string {
  return Buffer.from(text).toString();
}
