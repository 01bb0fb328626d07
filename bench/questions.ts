import { createInterface } from "node:readline";

/** What the parent asks, a line of JSON each; the process ends with the last. */
export function questions(): () => Promise<unknown> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    if (done) process.exit(0);
    return JSON.parse(value);
  };
}
