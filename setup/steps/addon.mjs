import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { SetupFailure } from "../failure.mjs";
import { LINKS, librariesIn } from "../library-names.mjs";
import { engineDir, inProject, tfjsNodeDir, venvPython } from "../paths.mjs";
import { keyOf, stamp, stamped } from "../stamp.mjs";
import { runLogged } from "../sub.mjs";
import { which } from "../which.mjs";
import { libraryKey } from "./library.mjs";

const deps = join(tfjsNodeDir, "deps");
const stampPath = join(deps, ".stamp");
const built = join(tfjsNodeDir, "lib", "napi-v8", "tfjs_binding.node");
const key = () => keyOf("2", libraryKey());

/** tfjs-node's addon, compiled against the library in `.engine`. */
export const addon = {
  name: "TensorFlow's binding for Node",

  done: () => existsSync(built) && stamped(stampPath, key()),

  async run() {
    const tools = compiler();
    linkLibrary();
    await runLogged(
      "addon",
      "npm",
      ["rebuild", "--ignore-scripts=false", "--foreground-scripts", "@tensorflow/tfjs-node"],
      {
        env: {
          ...tools,
          ...headers(),
          npm_config_python: venvPython,
          // Without it the script first asks Google's storage for a binding to an older TensorFlow.
          npm_config_build_from_source: "true",
        },
        hint: noHeaders,
      },
    );
    if (process.platform === "darwin") await renameInMacAddon();
    await runLogged(
      "smoke",
      process.execPath,
      [inProject("setup", "smoke.cjs"), join(engineDir, "version")],
      {
        hint: () =>
          "TensorFlow's binding was compiled and does not load; delete .engine and run the command again, or give a libtensorflow of your own with COLLAPSE_LAB_LIBTENSORFLOW.",
      },
    );
    stamp(stampPath, key());
  },
};

/** Points tfjs-node's deps folder at `.engine`, relatively, so that the clone can be moved. */
function linkLibrary() {
  const lib = join(engineDir, "lib");
  const names = librariesIn(lib);
  if (!names)
    throw new SetupFailure("The folder .engine is damaged: delete it and run the command again.");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  symlinkSync(relative(deps, join(engineDir, "include")), join(deps, "include"));
  for (const kind of /** @type {const} */ (["core", "framework"])) {
    const target = relative(join(deps, "lib"), join(lib, names[kind]));
    for (const name of LINKS[kind]) symlinkSync(target, join(deps, "lib", name));
  }
}

/** The C++ compiler and make, or the sentence that says how to get them. */
function compiler() {
  const install =
    process.platform === "darwin"
      ? "install Apple's command line tools with `xcode-select --install`"
      : "install one (Debian and Ubuntu: `sudo apt install g++ make`; Fedora: `sudo dnf install gcc-c++ make`)";
  const names = process.env.CXX ? [process.env.CXX.split(" ")[0]] : ["g++", "c++", "clang++"];
  const cxx = names.find(which);
  if (!cxx) {
    throw new SetupFailure(
      `No C++ compiler was found (${names.join(", ")}), and TensorFlow's binding has to be compiled once: ${install} and run the command again.`,
    );
  }
  if (!which("make") && !which("gmake")) {
    throw new SetupFailure(
      `make was not found, and TensorFlow's binding has to be compiled once: ${install} and run the command again.`,
    );
  }
  return process.env.CXX ? {} : { CXX: cxx };
}

/** Where this Node keeps its headers; without them node-gyp downloads a copy. */
function headers() {
  const named = process.env.npm_config_nodedir;
  if (named) return { npm_config_nodedir: named };
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, "include", "node", "node_api.h"))
    ? { npm_config_nodedir: prefix }
    : {};
}

/** @param {string} log */
function noHeaders(log) {
  const download = /gyp http|gyp ERR! stack FetchError|ECONNRE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/;
  const missing = !("npm_config_nodedir" in headers()) && download.test(log);
  if (!missing && !/node_api\.h: No such file/.test(log)) return;
  return `Node's headers are not in ${dirname(dirname(process.execPath))}/include/node and could not be downloaded: install them (nvm, nodejs.org and NodeSource bring them; Debian: \`sudo apt install libnode-dev\`), or name their prefix with npm_config_nodedir.`;
}

/** The wheel's library calls itself by another name than the one tfjs-node's build replaces. */
async function renameInMacAddon() {
  const name = "libtensorflow_cc.2.dylib";
  const linked = execFileSync("otool", ["-L", built], { encoding: "utf8" });
  if (!linked.includes(`@rpath/${name}`)) return;
  await runLogged("addon-names", "install_name_tool", [
    ...["-change", `@rpath/${name}`, `@loader_path/../../deps/lib/${name}`, built],
  ]);
}
