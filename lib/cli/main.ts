import { UserError } from "../errors";
import { execute } from "./execute";
import { followOutput } from "./output";
import { watchParent } from "./parent";

/** How long a command may take to stop when nobody waits for it any more. */
const GRACE_MS = 10_000;

const controller = new AbortController();
const outputArrived = followOutput(process.stdout);
let interrupts = 0;

function stop(): void {
  interrupts += 1;
  if (interrupts > 1) process.exit(130);
  process.stderr.write("\nStopping; finished generations are kept (Ctrl-C again to force).\n");
  controller.abort();
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);
// Nobody may be reading the sentences about a stop.
process.stderr.on("error", () => {});
watchParent(() => {
  stop();
  setTimeout(() => process.exit(130), GRACE_MS).unref();
});

execute(process.argv.slice(2), controller.signal)
  .then(outputArrived)
  .then(
    () => process.exit(),
    (error: unknown) => {
      if (error instanceof UserError) {
        if (error.message) process.stderr.write(`${error.message}\n`);
        process.exit(error.exitCode);
      }
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
