import { SetupFailure } from "./failure.mjs";

/** The first minor versions that can require ES modules; from 23 on all can. */
const FIRST_MINOR = new Map([
  [20, 19],
  [22, 12],
]);

/**
 * What is newer than the versions that are tried (20, 22, 24, 26) is let through: what it lacks, if
 * anything, is not known.
 * @param {string} version as in `process.versions.node`
 */
export function checkNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major >= 23 || minor >= (FIRST_MINOR.get(major) ?? Number.POSITIVE_INFINITY)) return;
  throw new SetupFailure(
    `Node ${version} is too old: ES modules cannot be required before 20.19 and 22.12; install Node 24 (or 22 or 26), for example with \`nvm install 24\` or \`fnm install 24\`, and run the command again.`,
  );
}
