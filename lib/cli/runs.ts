import * as fs from "node:fs";
import * as path from "node:path";
import { messageOf, suggestion, UserError } from "../errors";
import { addressOf } from "../store/address";
import { isOwned } from "../store/claim";
import { KINDS, readManifest } from "../store/manifest";
import { measure } from "../store/measure";
import { RunStore } from "../store/runStore";
import type { Command } from "./command";
import { explainRun } from "./explainRun";
import { listRuns } from "./listRuns";

/** `npm run runs`: what the run store holds, why, and what can go. */
export const runs: Command = {
  name: "runs",
  summary:
    "Lists the run store. `runs explain ADDRESS` tells what an entry was made from, `runs verify` " +
    "checks every file's checksum, `runs prune` removes what the options name.",
  positionals: "[list | explain ADDRESS | verify | prune]",
  options: {
    json: { type: "boolean", help: "one JSON object per line (list)", default: false },
    damaged: { type: "boolean", help: "prune entries that cannot be read or fail their checksums" },
    drafts: { type: "boolean", help: "prune unfinished work that no process is busy with" },
    all: { type: "boolean", help: "prune everything" },
    yes: { type: "boolean", help: "really remove; without it prune only lists" },
  },
  async run({ values, positionals }) {
    const [what = "list", address] = positionals;
    refuseUnused(what, positionals, values);
    const store = RunStore.open();
    if (what === "list") listRuns(store, values.json === true);
    else if (what === "explain") explainRun(store, address);
    else if (what === "verify") verify(store);
    else if (what === "prune") prune(store, values);
  },
};

/** What each form of the command takes: words after its own, and options. */
const TAKES: Readonly<Record<string, { words: number; options: readonly string[] }>> = {
  list: { words: 0, options: ["json"] },
  explain: { words: 1, options: [] },
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
    throw new UserError(
      `runs ${what} takes ${takes.words === 0 ? "no arguments" : "one address"}; "${word}" is one too many.`,
    );
  const option = Object.keys(values).find(
    (name) => values[name] === true && !takes.options.includes(name),
  );
  if (option !== undefined)
    throw new UserError(
      `runs ${what} has no option --${option}.${suggestion(option, takes.options)}`,
    );
}

function verify(store: RunStore): void {
  const bad = findDamaged(store);
  for (const { folder, why } of bad) console.log(`${folder}: ${why}`);
  if (bad.length > 0)
    throw new UserError(
      `${bad.length} damaged entries; npm run runs -- prune --damaged --yes removes them.`,
    );
  console.log(
    "Every file of every entry has its recorded length and SHA-256, every address is the hash of what it stands for.",
  );
}

interface Found {
  readonly folder: string;
  readonly why: string;
}

function prune(store: RunStore, options: Readonly<Record<string, unknown>>): void {
  const chosen: Found[] = [];
  if (options.all) chosen.push(...everything(store));
  else {
    if (options.damaged) chosen.push(...findDamaged(store));
    if (options.drafts)
      for (const folder of draftsOf(store))
        if (!isOwned(folder)) chosen.push({ folder, why: "unfinished" });
    if (!options.damaged && !options.drafts)
      throw new UserError("runs prune needs --damaged, --drafts or --all to say what should go.");
  }
  for (const { folder, why } of chosen) {
    console.log(`${options.yes ? "removed" : "would remove"} ${folder} (${why})`);
    if (options.yes) fs.rmSync(folder, { recursive: true, force: true });
  }
  if (chosen.length === 0) console.log("Nothing to remove.");
  else if (!options.yes) console.log("Add --yes to remove.");
}

/** The store's own folders: whatever else lies beside them stays. */
function everything(store: RunStore): Found[] {
  const busy = draftsOf(store).find(isOwned);
  if (busy)
    throw new UserError(
      `A process is at work in ${busy}. Stop it first, or prune --drafts and --damaged, which leave it alone.`,
    );
  return [...KINDS, "drafts"]
    .map((name) => ({ folder: path.join(store.root, name), why: "everything" }))
    .filter(({ folder }) => fs.existsSync(folder));
}

function findDamaged(store: RunStore): Found[] {
  const bad: Found[] = [];
  for (const kind of KINDS)
    for (const folder of foldersIn(path.join(store.root, kind)))
      try {
        const { files, identity } = readManifest(folder);
        if (addressOf(identity) !== path.basename(folder))
          throw new UserError("its address is not the hash of its identity");
        for (const [name, { sha256 }] of Object.entries(files))
          if (measure(path.join(folder, name)).sha256 !== sha256)
            throw new UserError(`${name} does not have the recorded SHA-256`);
      } catch (error) {
        bad.push({ folder, why: messageOf(error) });
      }
  return bad;
}

const draftsOf = (store: RunStore) => foldersIn(store.drafts);

function foldersIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}
