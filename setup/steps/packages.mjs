import { readFileSync } from "node:fs";
import { needDisk } from "../disk.mjs";
import { SetupFailure } from "../failure.mjs";
import { inProject, root } from "../paths.mjs";
import { runLogged } from "../sub.mjs";
import { which } from "../which.mjs";

/** @param {...string} parts */
const lockedPackages = (...parts) => JSON.parse(readFileSync(inProject(...parts), "utf8")).packages;

/** npm's packages, exactly as package-lock.json has them. */
export const packages = {
  name: "npm packages",

  /** Compares versions, not time stamps, so that an `npm install` by hand counts as done. */
  done() {
    try {
      const wanted = lockedPackages("package-lock.json");
      const present = lockedPackages("node_modules", ".package-lock.json");
      return Object.entries(wanted).every(
        ([path, { version, optional }]) =>
          path === "" || present[path]?.version === version || (optional && !present[path]),
      );
    } catch {
      return false;
    }
  },

  async run() {
    if (!which("npm")) {
      throw new SetupFailure(
        "npm is not on the PATH: install it with Node (nodejs.org, nvm or your system's package npm).",
      );
    }
    needDisk("Installing the npm packages", 0.7);
    await runLogged(
      "npm-ci",
      "npm",
      [
        // With NODE_ENV=production npm would leave out what the checks and tests need.
        ...["ci", "--include=dev", "--no-audit", "--no-fund"],
      ],
      { cwd: root },
    );
  },
};
