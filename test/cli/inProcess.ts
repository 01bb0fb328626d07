import { mock } from "node:test";
import { execute } from "../../lib/cli/execute";
import { UserError } from "../../lib/errors";

export interface Outcome {
  /** Lines on the standard output. */
  readonly lines: readonly string[];
  /** The sentence on the error output and the exit code; "" and 0 if all went well. */
  readonly sentence: string;
  readonly code: number;
}

/** Runs a command as `main.ts` does, but in this process. */
export async function command(...args: string[]): Promise<Outcome> {
  const lines: string[] = [];
  const log = mock.method(console, "log", (text: string) => void lines.push(...text.split("\n")));
  try {
    await execute(args, new AbortController().signal);
    return { lines, sentence: "", code: 0 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { lines, sentence: error.message, code: error.exitCode };
  } finally {
    log.mock.restore();
  }
}
