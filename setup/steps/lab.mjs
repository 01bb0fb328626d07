import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { needDisk } from "../disk.mjs";
import { findPython } from "../find-python.mjs";
import { inProject, logDir, venvPython } from "../paths.mjs";
import { requirements, writeRequirements } from "../requirements.mjs";
import { keyOf, stamp, stamped } from "../stamp.mjs";
import { runLogged } from "../sub.mjs";

const stampPath = inProject(".venv", ".collapse-lab");
const key = () => keyOf(...requirements().lab.map(({ name }) => name));

/** `.venv`: JupyterLab and the tools that run notebooks, with the project's kernel in their list. */
export const lab = {
  name: "JupyterLab in .venv",

  // The link to the system's Python breaks when that Python goes away; existsSync follows it.
  done: () => existsSync(venvPython) && stamped(stampPath, key()),

  async run() {
    needDisk("Installing JupyterLab", 0.6);
    const python = findPython();
    await runLogged("venv", python.path, ["-m", "venv", "--clear", inProject(".venv")]);
    const list = join(logDir, "requirements-lab.txt");
    writeRequirements(list, requirements().lab);
    await runLogged("pip-lab", venvPython, [
      ...["-m", "pip", "install", "--no-deps", "--disable-pip-version-check"],
      ...["--only-binary", ":all:", "--require-hashes", "--requirement", list],
    ]);
    arrangeKernels();
    stamp(stampPath, key());
  },
};

/**
 * The project's kernel is known to this Jupyter however it is started, by a link that moves with the clone;
 * Python's, which JupyterLab brings along and offers first, is not. Whoever wants one adds it:
 * `.venv/bin/python -m ipykernel install --sys-prefix`.
 */
function arrangeKernels() {
  const kernels = inProject(".venv", "share", "jupyter", "kernels");
  mkdirSync(kernels, { recursive: true });
  rmSync(join(kernels, "python3"), { recursive: true, force: true });
  symlinkSync("../../../../jupyter/kernels/collapse-lab", join(kernels, "collapse-lab"));
}
