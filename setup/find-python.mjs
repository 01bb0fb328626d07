import { execFileSync } from "node:child_process";
import { SetupFailure } from "./failure.mjs";
import { which } from "./which.mjs";

const NAMES = ["python3", "python3.13", "python3.14", "python3.12", "python3.11", "python3.10"];
const PROBE = `
import sys, importlib.util as u
print(sys.version_info[0], sys.version_info[1], int(bool(u.find_spec("venv") and u.find_spec("ensurepip"))))
`;

/** @param {string} path @returns {{ path: string, minor: number, venv: boolean } | undefined} */
function probe(path) {
  try {
    const out = execFileSync(path, ["-c", PROBE], { encoding: "utf8", stdio: "pipe" });
    const [major, minor, venv] = out.trim().split(" ").map(Number);
    return major === 3 ? { path, minor, venv: venv === 1 } : undefined;
  } catch {
    return undefined;
  }
}

/** A Python from 3.10 on that can make virtual environments: `$PYTHON`, else the first on the PATH. */
export function findPython() {
  const names = process.env.PYTHON ? [process.env.PYTHON] : NAMES;
  const found = names.flatMap((name) => probe(which(name) ?? "") ?? []);
  const recent = found.filter(({ minor }) => minor >= 10);
  const usable = recent.find(({ venv }) => venv);
  if (usable) return usable;
  if (recent.length > 0) {
    throw new SetupFailure(
      `${recent[0].path} (Python 3.${recent[0].minor}) lacks the modules venv and ensurepip: install them (Debian and Ubuntu: \`sudo apt install python3-venv\`) or name another Python with the variable PYTHON.`,
    );
  }
  const seen = found.map(({ path, minor }) => `${path} is 3.${minor}`).join(", ");
  throw new SetupFailure(
    `Python 3.10 or later is needed for JupyterLab and was not found (${seen || `looked for ${names.join(", ")}`}): install python3 with your system's package manager, or name one with the variable PYTHON.`,
  );
}
