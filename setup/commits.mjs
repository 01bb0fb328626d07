import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "./paths.mjs";

/** @param {string[]} args */
const git = (...args) =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** Where a figure's provenance names its commit, as JSON or inside JSON text of a notebook. */
const NAMED = /\bcommit\\?"?:?\s*\\?"([0-9a-f]{7,40})(\+changes)?/g;

/**
 * The commits that a text names as those which made its figures.
 * @param {string} text @returns {{ commit: string, changed: boolean }[]}
 */
export const commitsIn = (text) =>
  [...text.matchAll(NAMED)].map(([, commit, changes]) => ({
    commit,
    changed: changes !== undefined,
  }));

/** @param {string} commit */
function exists(commit) {
  try {
    git("cat-file", "-e", `${commit}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Committed figures and notebooks that do not name a commit from which they can be made again.
 * @returns {{ file: string, why: string }[]}
 */
export function untraceable() {
  const files = git("ls-files", "figures/**/*.json", "notebooks/*.ipynb").trim().split("\n");
  return files.flatMap((file) => {
    const named = commitsIn(readFileSync(`${root}/${file}`, "utf8"));
    const changed = named.find((found) => found.changed);
    if (changed) return [{ file, why: `was made from ${changed.commit} with uncommitted changes` }];
    const lost = named.find(({ commit }) => !exists(commit));
    return lost ? [{ file, why: `names the commit ${lost.commit}, which does not exist` }] : [];
  });
}

/** Whether all commits are here: a shallow clone has few. */
export const hasHistory = () => {
  try {
    return git("rev-parse", "--is-shallow-repository").trim() === "false";
  } catch {
    return false;
  }
};
