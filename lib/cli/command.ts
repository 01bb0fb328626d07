import type { OptionSpec, Parsed } from "./options";

/** One command of `npm run …`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How help names its positional arguments; without this it takes none. */
  readonly positionals?: string;
  run(parsed: Parsed, signal: AbortSignal): Promise<void>;
}
