import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../root";

let known: Readonly<Record<string, string>> | undefined;

/**
 * What a result depends on besides data and settings: `collapse-lab`, `commit`, `node`,
 * `tensorflow`, `tfjs-node`, `plotly`. Read from files once a process; nothing is loaded for it.
 * A part that is not installed is missing from the record rather than guessed.
 */
export function versions(): Readonly<Record<string, string>> {
  known ??= read();
  return known;
}

function read(): Record<string, string> {
  const root = projectRoot();
  const modules = path.join(root, "node_modules");
  const parts: [string, string | undefined][] = [
    ["collapse-lab", packageVersion(root)],
    ["commit", commitOf(root)],
    ["node", process.versions.node],
    // Written by the set-up, which asks the library itself.
    ["tensorflow", textOf(path.join(root, ".engine", "version"))?.trim()],
    ["tfjs-node", packageVersion(path.join(modules, "@tensorflow", "tfjs-node"))],
    ["plotly", packageVersion(path.join(modules, "plotly.js-dist"))],
  ];
  const found: Record<string, string> = {};
  for (const [name, version] of parts) if (version !== undefined) found[name] = version;
  return found;
}

function packageVersion(folder: string): string | undefined {
  const text = textOf(path.join(folder, "package.json"));
  return text === undefined ? undefined : (JSON.parse(text) as { version?: string }).version;
}

/** What the reproduction itself writes: a change there does not change the next result. */
const OUTPUTS = [":(exclude)figures", ":(exclude)notebooks"];

/**
 * The short commit of the project's repository, with "+changes" where tracked files differ from it,
 * figures and notebooks excepted.
 * A source archive has none, even if it was unpacked inside another repository.
 * @param root the project's folder
 */
export function commitOf(root: string): string | undefined {
  // Without the lock that "status" takes to refresh git's index: if the run is killed meanwhile it would
  // stay, and git would refuse the user's next commit.
  const git = (...args: string[]) =>
    execFileSync("git", ["--no-optional-locks", ...args], {
      ...{ cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    });
  try {
    if (fs.realpathSync(git("rev-parse", "--show-toplevel").trim()) !== fs.realpathSync(root))
      return undefined;
    const id = git("rev-parse", "--short=10", "HEAD").trim();
    const changes = git("status", "--porcelain", "--untracked-files=no", "--", ".", ...OUTPUTS);
    return changes.trim() ? `${id}+changes` : id;
  } catch {
    return undefined; // There is no git, or no repository.
  }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
