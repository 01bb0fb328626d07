import { parseArgs } from "node:util";
import { suggestion, UserError } from "../errors";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly help: string;
  readonly default?: string | boolean;
}

export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Parses a command's arguments; an unknown option is named together with the nearest valid one. */
export function parseOptions(
  command: string,
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
  positionals: boolean,
): Parsed {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [
          name,
          spec.default === undefined
            ? { type: spec.type }
            : { type: spec.type, default: spec.default },
        ]),
      ),
      allowPositionals: positionals,
      strict: true,
    });
    return {
      values: parsed.values as Parsed["values"],
      positionals: parsed.positionals,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const given = /'--?([^'=]+)/.exec(message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION")
      throw new UserError(
        `${command} has no option --${given}.${suggestion(given, Object.keys(specs))}`,
      );
    if (code?.startsWith("ERR_PARSE_ARGS")) throw new UserError(`${command}: ${message}`);
    throw error;
  }
}

/** The options as indented help lines. */
export function optionHelp(specs: Readonly<Record<string, OptionSpec>>): string {
  return Object.entries(specs)
    .map(([name, { help, default: value }]) => {
      const shown = value === undefined || value === false ? "" : ` (default: ${value})`;
      return `  --${name.padEnd(12)} ${help}${shown}`;
    })
    .join("\n");
}
