import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import { join, resolve } from "node:path";
import { SetupFailure } from "../failure.mjs";
import { inProject } from "../paths.mjs";

const NAME = "collapse-lab";
const source = inProject("jupyter", "kernels", NAME);
const launcher = join("jupyter", "kernels", NAME, "launch.cjs");

const USAGE =
  "npm run kernel -- install [--user | --prefix FOLDER] makes the kernel known to other Jupyters, npm run kernel -- uninstall with the same option takes it away.";

/**
 * `npm run kernel -- install|uninstall [--user | --prefix FOLDER]`: the project's kernel for a Jupyter
 * other than `npm run lab`'s.
 * @param {string[]} args
 */
export async function kernel([action, ...options]) {
  if (action !== "install" && action !== "uninstall") throw new SetupFailure(USAGE);
  const folder = join(kernelsFolder(options), NAME);
  if (action === "install") install(folder);
  else uninstall(folder);
  return 0;
}

/** @param {string[]} options */
function kernelsFolder(options) {
  if (options.length === 0 || (options.length === 1 && options[0] === "--user"))
    return join(userFolder(), "kernels");
  const prefix = options.join(" ").replace(/^--prefix[= ]/, "");
  if (options.length > 2 || !/^--prefix(=.|$)/.test(options[0]) || prefix.startsWith("-"))
    throw new SetupFailure(`"${options.join(" ")}" is no place to install to: ${USAGE}`);
  return join(resolve(prefix), "share", "jupyter", "kernels");
}

/** Where Jupyter keeps what belongs to the user. */
function userFolder() {
  const { HOME = os.homedir(), JUPYTER_DATA_DIR, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(HOME, "Library", "Jupyter");
  return join(XDG_DATA_HOME || join(HOME, ".local", "share"), "jupyter");
}

/**
 * Absolute paths: a Jupyter that the user starts from a desktop need not have this Node on its PATH, and
 * VS Code has not always filled in the spec's own folder.
 * @param {string} folder
 */
function install(folder) {
  const before = projectOf(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(source))
    if (file.startsWith("logo-")) cpSync(join(source, file), join(folder, file));
  const spec = JSON.parse(readFileSync(join(source, "kernel.json"), "utf8"));
  spec.argv[0] = process.execPath;
  spec.argv = spec.argv.map((/** @type {string} */ arg) => arg.replace("{resource_dir}", source));
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  if (before && before !== inProject()) console.log(`The kernel there was that of ${before}.`);
  console.log(`"${spec.display_name}" is in ${folder}.`);
  console.log("Install it again after moving this project or changing Node.");
}

/** @param {string} folder */
function uninstall(folder) {
  if (!projectOf(folder)) throw new SetupFailure(`There is no kernel in ${folder}.`);
  rmSync(folder, { recursive: true });
  console.log(`The kernel in ${folder} is gone.`);
}

/**
 * The project whose kernel a folder holds, undefined when there is none. What was not installed by this
 * command is not touched.
 * @param {string} folder
 */
function projectOf(folder) {
  if (!existsSync(folder)) return undefined;
  try {
    const { argv } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    const path = argv.find((/** @type {string} */ arg) => arg.endsWith(`/${launcher}`));
    if (path) return path.slice(0, -launcher.length - 1);
  } catch {
    // Not a kernel spec, then.
  }
  throw new SetupFailure(
    `${folder} was not made by this command: move it away, or name another place with --prefix.`,
  );
}
