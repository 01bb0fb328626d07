import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { needDisk } from "../disk.mjs";
import { SetupFailure } from "../failure.mjs";
import { librariesIn } from "../library-names.mjs";
import { engineDir, inProject, logDir, root, venvPython } from "../paths.mjs";
import { requirements, writeRequirements } from "../requirements.mjs";
import { keyOf, stamp, stamped } from "../stamp.mjs";
import { runLogged } from "../sub.mjs";

const stampPath = join(engineDir, ".stamp");
/** An existing libtensorflow (folder with lib and include) in place of the wheel's. */
const given = () => process.env.COLLAPSE_LAB_LIBTENSORFLOW;
/** Identifies the library that `.engine` holds; the addon is rebuilt when it changes. */
export const libraryKey = () =>
  keyOf(
    process.platform,
    process.arch,
    ...(given() ? [resolve(given() ?? "")] : requirements().engine.map(({ name }) => name)),
  );

/** `.engine/lib` and `.engine/include`: TensorFlow's C library. */
export const library = {
  name: "TensorFlow's C library",

  done: () => stamped(stampPath, libraryKey()) && librariesIn(join(engineDir, "lib")) !== undefined,

  async run() {
    rmSync(engineDir, { recursive: true, force: true });
    mkdirSync(engineDir, { recursive: true });
    if (given()) link(resolve(root, given() ?? ""));
    else await fromWheel();
    stamp(stampPath, libraryKey());
  },
};

/** @param {string} folder */
function link(folder) {
  const lib = [join(folder, "lib"), folder].find(librariesIn);
  const header = join("tensorflow", "c", "c_api.h");
  if (!lib || !existsSync(join(folder, "include", header))) {
    throw new SetupFailure(
      `${folder} is not a libtensorflow: expected lib/libtensorflow.so.2 (or libtensorflow_cc.so.2; .dylib on macOS), libtensorflow_framework beside it, and include/${header}.`,
    );
  }
  symlinkSync(lib, join(engineDir, "lib"));
  symlinkSync(join(folder, "include"), join(engineDir, "include"));
}

async function fromWheel() {
  needDisk("Unpacking TensorFlow's C library", 1.4);
  const wheels = inProject(".cache", "wheels");
  rmSync(wheels, { recursive: true, force: true });
  const list = join(logDir, "requirements-engine.txt");
  mkdirSync(logDir, { recursive: true });
  writeRequirements(list, requirements().engine);
  // Any Python's wheel carries the same library, so one is named that surely has a wheel.
  await runLogged(
    "pip-tensorflow",
    venvPython,
    [
      ...["-m", "pip", "download", "--no-deps", "--disable-pip-version-check"],
      ...["--only-binary", ":all:", "--python-version", "3.12", "--dest", wheels],
      ...["--require-hashes", "--requirement", list],
    ],
    { hint: noWheel },
  );
  const [wheel] = readdirSync(wheels);
  const aside = `${engineDir}.unpacking`;
  rmSync(aside, { recursive: true, force: true });
  const unpack = inProject("setup", "unpack_library.py");
  await runLogged("unpack-tensorflow", venvPython, [unpack, join(wheels, wheel), aside]);
  rmSync(engineDir, { recursive: true, force: true });
  renameSync(aside, engineDir);
  rmSync(wheels, { recursive: true, force: true });
}

/** @param {string} log */
function noWheel(log) {
  if (!/No matching distribution found/.test(log) || /NewConnectionError|Max retries/.test(log))
    return;
  return `TensorFlow has no wheel for ${process.platform} ${process.arch}: give a libtensorflow of your own with COLLAPSE_LAB_LIBTENSORFLOW=/folder or --libtensorflow /folder.`;
}
