import { suggestion, UserError } from "../errors";
import { type Curation, functionsOf } from "../pool/curation/spec";
import type { Task } from "./task";

/**
 * Versions of the scores and edits that a curation uses, by name.
 * @throws UserError if the task has none of that name
 */
export function curatorVersions<C>(task: Task<C>, curation: Curation): Record<string, number> {
  const { scores, edits } = functionsOf(curation);
  return Object.fromEntries([
    ...scores.map((name) => [name, versionOf(task, "scores", name)]),
    ...edits.map((name) => [name, versionOf(task, "edits", name)]),
  ]);
}

function versionOf<C>(task: Task<C>, what: "scores" | "edits", name: string): number {
  const known = task[what] ?? {};
  if (Object.hasOwn(known, name)) return known[name].version;
  const names = Object.keys(known);
  throw new UserError(
    `The regime curates by "${name}", but task "${task.name}" has ` +
      (names.length === 0
        ? `no ${what}.`
        : `no such ${what.slice(0, -1)}.${suggestion(name, names)}`),
  );
}
