import { UserError } from "../errors";
import { execute } from "./execute";

const controller = new AbortController();
let interrupts = 0;

function stop(): void {
  interrupts += 1;
  if (interrupts > 1) process.exit(130);
  process.stderr.write("\nStopping; finished generations are kept (Ctrl-C again to force).\n");
  controller.abort();
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);

execute(process.argv.slice(2), controller.signal).then(
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
