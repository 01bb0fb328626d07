import { spawnSync } from "node:child_process";
import { UserError } from "../lib/errors";

/**
 * The Python that `PYTORCH` names, else `python3`.
 * @throws UserError if it has no torch or no NumPy
 */
export function pytorch(): string {
  const python = process.env.PYTORCH ?? "python3";
  const { status } = spawnSync(python, ["-c", "import numpy, torch"], { stdio: "ignore" });
  if (status !== 0)
    throw new UserError(
      `${python} has no PyTorch with NumPy to compare with: name one that has in PYTORCH (bench/README.md says how to make it).`,
    );
  return python;
}
