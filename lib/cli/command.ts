import type { OptionSpec, Parsed } from "./options";

/** One command of `npm run …`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Whether it takes arguments that are no options, and how help names them. */
  readonly positionals?: string;
  run(parsed: Parsed, signal: AbortSignal): Promise<void>;
}
