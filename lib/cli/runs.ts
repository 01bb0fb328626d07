import * as fs from "node:fs";
import * as path from "node:path";
import { suggestion, UserError } from "../errors";
import { isOwned } from "../store/claim";
import { KINDS } from "../store/manifest";
import { RunStore } from "../store/runStore";
import { draftsOf, type Finding, verify } from "../store/verify";
import type { Command } from "./command";
import { explainRun } from "./explainRun";
import { listRuns } from "./listRuns";

/** `npm run runs`: what the run store holds, why, and what can go. */
export const runs: Command = {
  name: "runs",
  summary:
    "Lists the run store. `runs explain ADDRESS` tells what an entry was made from, `runs export ADDRESS " +
    "PATH` writes what it holds for other programs: items (PNG, text, SDF), records (CSV, Parquet), language " +
    "models (a folder for transformers). `runs verify` checks every file's checksum, `runs prune` removes " +
    "what the options name.",
  positionals: "[list | explain ADDRESS | export ADDRESS PATH | verify | prune]",
  options: {
    json: { type: "boolean", help: "one JSON object per line (list)", default: false },
    damaged: { type: "boolean", help: "prune entries that cannot be read or fail their checksums" },
    drafts: { type: "boolean", help: "prune unfinished work that no process is busy with" },
    all: { type: "boolean", help: "prune everything" },
    yes: { type: "boolean", help: "really remove; without it prune only lists" },
  },
  async run({ values, positionals }) {
    const [what = "list", address, target] = positionals;
    refuseUnused(what, positionals, values);
    const store = RunStore.openExisting();
    if (what === "list") listRuns(store, values.json === true);
    else if (what === "explain") explainRun(store, address);
    else if (what === "export") exportOf(store, address, target);
    else if (what === "verify") verifyAll(store);
    else if (what === "prune") prune(store, values);
  },
};

const HOW_MANY = ["no arguments", "one address", "an address and a path"];

/** What each form of the command takes: words after its own, and options. */
const TAKES: Readonly<Record<string, { words: number; options: readonly string[] }>> = {
  list: { words: 0, options: ["json"] },
  explain: { words: 1, options: [] },
  export: { words: 2, options: [] },
  verify: { words: 0, options: [] },
  prune: { words: 0, options: ["damaged", "drafts", "all", "yes"] },
};

/** A word or option that would change nothing may be a mistake that changes what was meant. */
function refuseUnused(
  what: string,
  words: readonly string[],
  values: Readonly<Record<string, unknown>>,
): void {
  if (!Object.hasOwn(TAKES, what))
    throw new UserError(`runs has no command "${what}".${suggestion(what, Object.keys(TAKES))}`);
  const takes = TAKES[what];
  const [word] = words.slice(1 + takes.words);
  if (word !== undefined)
    throw new UserError(`runs ${what} takes ${HOW_MANY[takes.words]}; "${word}" is one too many.`);
  const option = Object.keys(values).find(
    (name) => values[name] === true && !takes.options.includes(name),
  );
  if (option !== undefined)
    throw new UserError(
      `runs ${what} has no option --${option}.${suggestion(option, takes.options)}`,
    );
}

/** Loads the experiments, for which the other commands need not wait. */
function exportOf(...given: Parameters<typeof import("./exportRun").exportRun>): void {
  (require("./exportRun") as typeof import("./exportRun")).exportRun(...given);
}

function verifyAll(store: RunStore): void {
  const bad = verify(store);
  for (const { path, why } of bad) console.log(`${path}: ${why}`);
  if (bad.length > 0)
    throw new UserError(
      `${bad.length} damaged ${bad.length === 1 ? "entry" : "entries"}; npm run runs -- prune --damaged --yes removes what is damaged.`,
    );
  console.log(
    "Every file of every entry has its recorded length and SHA-256, every address is the hash of what " +
      "it stands for, and every entry was made from what is stored.",
  );
}

function prune(store: RunStore, options: Readonly<Record<string, unknown>>): void {
  const chosen: Finding[] = [];
  if (options.all) chosen.push(...everything(store));
  else {
    if (options.damaged) chosen.push(...verify(store));
    if (options.drafts)
      for (const folder of draftsOf(store))
        if (!isOwned(folder)) chosen.push({ path: folder, why: "unfinished" });
    if (!options.damaged && !options.drafts)
      throw new UserError("runs prune needs --damaged, --drafts or --all to say what should go.");
  }
  for (const { path, why } of chosen) {
    console.log(`${options.yes ? "removed" : "would remove"} ${path} (${why})`);
    if (options.yes) fs.rmSync(path, { recursive: true, force: true });
  }
  if (chosen.length === 0) console.log("Nothing to remove.");
  else if (!options.yes) console.log("Add --yes to remove.");
}

/** The store's own folders: whatever else is stored beside them stays. */
function everything(store: RunStore): Finding[] {
  const busy = draftsOf(store).find(isOwned);
  if (busy)
    throw new UserError(
      `A process is at work in ${busy}. Stop it first, or prune --drafts and --damaged, which leave it alone.`,
    );
  return [...KINDS, "drafts"]
    .map((name) => ({ path: path.join(store.root, name), why: "everything" }))
    .filter(({ path }) => fs.existsSync(path));
}
