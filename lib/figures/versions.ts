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
    ["commit", commit(root)],
    ["node", process.versions.node],
    ["tensorflow", tensorflow(path.join(modules, "@tensorflow", "tfjs-node"))],
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

/** The C library behind the addon: named by the wheel that it lies in, or by its own header. */
function tensorflow(tfjs: string): string | undefined {
  try {
    const include = fs.realpathSync(path.join(tfjs, "deps", "include"));
    const wheel = fs
      .readdirSync(path.join(include, "..", ".."))
      .map((name) => /^tensorflow(?:_cpu)?-([\d.]+)\.dist-info$/.exec(name)?.[1])
      .find((version) => version !== undefined);
    return wheel ?? fromHeader(path.join(include, "tensorflow", "core", "public", "version.h"));
  } catch {
    return undefined;
  }
}

function fromHeader(file: string): string | undefined {
  const text = textOf(file) ?? "";
  const numbers = ["MAJOR", "MINOR", "PATCH"].map(
    (part) => new RegExp(`define\\s+TF_${part}_VERSION\\s+(\\d+)`).exec(text)?.[1],
  );
  return numbers.includes(undefined) ? undefined : numbers.join(".");
}

/** The short commit, with "+changes" where tracked files differ from it. */
function commit(root: string): string | undefined {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const id = git("rev-parse", "--short=10", "HEAD").trim();
    return git("status", "--porcelain", "--untracked-files=no").trim() ? `${id}+changes` : id;
  } catch {
    return undefined; // A source archive without git has no commit to name.
  }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
