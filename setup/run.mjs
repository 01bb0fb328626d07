// The entry of every `npm run` command: makes sure of everything, then hands over.
import { bench } from "./commands/bench.mjs";
import { check, format } from "./commands/check.mjs";
import { docs } from "./commands/docs.mjs";
import { kernel } from "./commands/kernel.mjs";
import { lab } from "./commands/lab.mjs";
import { test } from "./commands/test.mjs";
import { ensure } from "./ensure.mjs";
import { SetupFailure } from "./failure.mjs";
import { handOverToNode } from "./hand-over.mjs";

/** @param {string} name @returns {(args: string[]) => Promise<number>} */
const cli = (name) => (args) =>
  handOverToNode(["--require", "./lib/typescript.cjs", "lib/cli/main.ts", name, ...args]);

/** @param {string} name @param {string[]} args */
function takesNothing(name, args) {
  if (args.length > 0)
    throw new SetupFailure(`npm run ${name} takes no arguments; it was given ${args.join(" ")}.`);
}

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const COMMANDS = {
  setup: async () => {
    console.log("Everything is in place.");
    return 0;
  },
  reproduce: cli("reproduce"),
  own: cli("own"),
  runs: cli("runs"),
  claims: cli("claims"),
  lab,
  kernel,
  test,
  check,
  format,
  docs,
  bench,
};

/** Commands without arguments of their own. */
const BARE = new Set(["setup", "check", "format", "docs"]);

/** Takes `--libtensorflow FOLDER` out of the arguments. @param {string[]} args */
function takeLibrary(args) {
  const at = args.findIndex((arg) => /^--libtensorflow(=|$)/.test(arg));
  if (at < 0) return args;
  const joined = args[at].split("=")[1];
  const folder = joined ?? args[at + 1];
  if (!folder)
    throw new SetupFailure(
      "--libtensorflow needs a folder: --libtensorflow /path/to/libtensorflow.",
    );
  process.env.COLLAPSE_LAB_LIBTENSORFLOW = folder;
  return args.toSpliced(at, joined === undefined ? 2 : 1);
}

async function main([name = "setup", ...rest] = process.argv.slice(2)) {
  const command = COMMANDS[name];
  if (!command) {
    throw new SetupFailure(
      `There is no command "${name}"; there are ${Object.keys(COMMANDS).join(", ")}.`,
    );
  }
  const args = takeLibrary(rest);
  if (BARE.has(name)) takesNothing(name, args);
  // Taking the kernel away needs nothing that could be missing.
  if (name !== "kernel" || args[0] === "install") await ensure();
  return command(args);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof SetupFailure ? error.message : error);
    process.exitCode = 1;
  },
);
