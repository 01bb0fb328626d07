import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { environment } from "../hand-over.mjs";
import { jupyterEnvironment } from "../jupyter-environment.mjs";
import { followNpm } from "../parent.mjs";
import { inProject, root, venvPython } from "../paths.mjs";
import { choosePort } from "./port.mjs";

const START = "lab/tree/notebooks/00-start-here.ipynb";

/**
 * `npm run lab`: JupyterLab on the notebooks, with the project's kernel and settings of its own.
 * `--port N` and `--no-browser` are read here; other options go to JupyterLab.
 * @param {string[]} args
 */
export async function lab(args) {
  const { asked, rest } = takePort(args);
  const port = await choosePort(asked);
  const token = process.env.JUPYTER_TOKEN || randomBytes(24).toString("hex");
  const server = spawn(
    venvPython,
    [
      ...[
        inProject("jupyter", "with_parent.py"),
        `--ServerApp.root_dir=${root}`,
        `--LabApp.default_url=/${START}`,
        // The page draws live figures with the same Plotly as the pictures (labextensions).
        `--ServerApp.extra_static_paths=${inProject("node_modules", "plotly.js-dist")}`,
      ],
      ...[`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"],
      // Ctrl-C means stop; without it Jupyter asks back.
      ...["--ServerApp.answer_yes=True", "--ServerApp.allow_root=True", ...rest],
    ],
    {
      cwd: root,
      env: { ...environment, ...jupyterEnvironment, JUPYTER_TOKEN: token },
      // Nothing is written to its input: it ends when this process does, however that ends.
      stdio: ["pipe", "inherit", "inherit"],
    },
  );
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => server.on("close", (code) => resolve(code ?? 1)));
  let stopping = false;
  const stop = () => {
    if (!stopping) console.log("\nStopping JupyterLab and its kernels …");
    stopping = true;
    server.kill("SIGTERM");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  followNpm(stop);

  if (await answers(port, token, ended)) {
    console.log(`JupyterLab: http://localhost:${port}/${START}?token=${token}`);
    console.log("Ctrl-C stops it and its kernels.");
  }
  const code = await ended;
  return stopping ? 0 : code;
}

/** @param {string[]} args */
function takePort(args) {
  const rest = [...args];
  const at = rest.findIndex((arg) => /^--port(=|$)/.test(arg));
  if (at < 0) return { asked: undefined, rest };
  const joined = rest[at].split("=")[1];
  const asked = joined ?? rest[at + 1] ?? "";
  rest.splice(at, joined === undefined ? 2 : 1);
  return { asked, rest };
}

/**
 * Waits until the server answers; false when it ended instead.
 * @param {number} port @param {string} token @param {Promise<number>} ended
 */
async function answers(port, token, ended) {
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!over) {
    try {
      const reply = await fetch(`http://127.0.0.1:${port}/api/status?token=${token}`);
      if (reply.ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(150);
  }
  return false;
}
