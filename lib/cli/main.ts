import { suggestion, UserError } from "../errors";
import { claims } from "./claims";
import type { Command } from "./command";
import { optionHelp, parseOptions } from "./options";
import { reproduce } from "./reproduce";
import { runs } from "./runs";

const COMMANDS: readonly Command[] = [reproduce, claims, runs];

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const names = COMMANDS.map((candidate) => candidate.name);
    throw new UserError(`There is no command "${name ?? ""}".${suggestion(name ?? "", names)}`);
  }
  if (rest.includes("--help")) {
    const usage = `npm run ${command.name} -- [options]${command.positionals ? ` ${command.positionals}` : ""}`;
    console.log(`${command.summary}\n\n${usage}\n\n${optionHelp(command.options)}`);
    return;
  }
  const parsed = parseOptions(
    command.name,
    rest,
    command.options,
    command.positionals !== undefined,
  );
  const controller = new AbortController();
  let interrupts = 0;
  const stop = () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    process.stderr.write("\nStopping; finished generations are kept (Ctrl-C again to force).\n");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  await command.run(parsed, controller.signal);
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    if (error instanceof UserError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(error.exitCode);
    }
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
