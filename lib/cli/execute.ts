import { suggestion, UserError } from "../errors";
import { claims } from "./claims";
import type { Command } from "./command";
import { optionHelp, parseOptions } from "./options";
import { reproduce } from "./reproduce";
import { runs } from "./runs";

const COMMANDS: readonly Command[] = [reproduce, claims, runs];

/** Runs one command: its name and then its arguments. */
export async function execute(args: readonly string[], signal: AbortSignal): Promise<void> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const names = COMMANDS.map((candidate) => candidate.name);
    throw new UserError(`There is no command "${name ?? ""}".${suggestion(name ?? "", names)}`);
  }
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
