import { SetupFailure } from "./failure.mjs";

/**
 * @param {string} version as in `process.versions.node`
 */
export function checkNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if ((major === 20 && minor >= 19) || major === 21 || major === 22) return;
  const why =
    major >= 23
      ? "too new: TensorFlow's binding uses functions that Node 23 removed"
      : "too old: ES modules cannot be required before 20.19";
  throw new SetupFailure(
    `Node ${version} is ${why}; install Node 22 (or 20.19 and later), for example with \`nvm install 22\` or \`fnm use 22\`, and run the command again.`,
  );
}
