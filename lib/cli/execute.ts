import { suggestion, UserError } from "../errors";
import type { Command } from "./command";
import { optionHelp, parseOptions } from "./options";

/** Each is loaded when it is asked for: `runs` needs no experiments, which take seconds to load. */
const COMMANDS: ReadonlyMap<string, () => Command> = new Map([
  ["reproduce", () => (require("./reproduce") as typeof import("./reproduce")).reproduce],
  ["own", () => (require("./own") as typeof import("./own")).own],
  ["claims", () => (require("./claims") as typeof import("./claims")).claims],
  ["runs", () => (require("./runs") as typeof import("./runs")).runs],
]);

/** Runs one command: its name and then its arguments. */
export async function execute(args: readonly string[], signal: AbortSignal): Promise<void> {
  const [name, ...rest] = args;
  const load = COMMANDS.get(name ?? "");
  if (!load)
    throw new UserError(
      `There is no command "${name ?? ""}".${suggestion(name ?? "", [...COMMANDS.keys()])}`,
    );
  const command = load();
  const parsed = parseOptions(
    command.name,
    rest,
    { ...command.options, help: { type: "boolean", help: "explains the command" } },
    command.positionals !== undefined,
  );
  if (parsed.values.help) {
    const usage = `npm run ${command.name} -- [options]${command.positionals ? ` ${command.positionals}` : ""}`;
    console.log(`${command.summary}\n\n${usage}\n\n${optionHelp(command.options)}`);
    return;
  }
  await command.run(parsed, signal);
}
