import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { checkNode } from "../../setup/node-version.mjs";
import { Project, ROOT } from "./project";

// No container is built here: their files are read, and their commands run in a project that has nothing
// but what is in the repository and, ready-made, what takes minutes to install.

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

/** The Dockerfile's instructions: [name, rest], continued lines joined. */
const instructions = read("Dockerfile")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)] as const);
const only = (name: string) => {
  const found = instructions.filter(([each]) => each === name);
  assert.equal(found.length, 1, name);
  return found[0][1];
};
const position = (name: string, text = "") =>
  instructions.findIndex(([each, rest]) => each === name && rest.includes(text));
const command: string[] = JSON.parse(only("CMD"));

const project = new Project();
project.borrow("node_modules").borrow(".engine");
after(() => project.remove());

test("Docker: a supported Node, and no root from before the files come to the end", () => {
  const image = /^node:(\d+)-bookworm$/.exec(only("FROM"))!;
  assert.doesNotThrow(() => checkNode(`${image[1]}.0.0`));
  assert.ok(image[1] in JSON.parse(read(".ci/nodes/package.json")).dependencies);
  assert.equal(only("USER"), "node");
  assert.ok(position("USER") < position("COPY"));
  assert.match(only("COPY"), /^--chown=node:node \. \.$/);
  assert.ok(position("COPY") < position("RUN", "npm run setup"));
});

test("Docker: the run store is the volume, made for the user; the port is the one that is opened", () => {
  const volume = only("VOLUME");
  assert.equal(only("ENV"), `COLLAPSE_LAB_RUNS=${volume}`);
  const [, prepare] = instructions[position("RUN")];
  assert.match(prepare, new RegExp(`mkdir .*${volume} .*chown node:node .*${volume}`));
  assert.ok(command.includes(`--port=${only("EXPOSE")}`));
});

test("Docker: nothing that is installed or computed is copied into the image", () => {
  const left = new Set(read(".dockerignore").trim().split("\n"));
  for (const folder of ["node_modules", ".venv", ".engine", ".runs", ".cache", "figures/quick"])
    assert.equal(left.has(folder), true, folder);
});

test("Docker: its command starts JupyterLab, for other machines, on the port, without a browser", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  // A Python that says what it was asked for, with the stamp of one that is ready.
  const python = join(project.root, ".venv", "bin", "python");
  mkdirSync(join(python, ".."), { recursive: true });
  writeFileSync(python, '#!/bin/sh\necho "started with $*"\n', { mode: 0o755 });
  cpSync(join(ROOT, ".venv", ".collapse-lab"), join(project.root, ".venv", ".collapse-lab"));
  const [npm, run, name, dashes, ...args] = command;
  assert.deepEqual([npm, run, dashes], ["npm", "run", "--"]);
  assert.equal(JSON.parse(read("package.json")).scripts[name], `node setup/run.mjs ${name}`);
  const mine = args.map((arg) => arg.replace(only("EXPOSE"), String(port)));
  const { stdout } = await project.run([name, ...mine]);
  const given = /started with (.*)/.exec(stdout)![1].split(" ");
  for (const option of ["--ServerApp.ip=0.0.0.0", `--ServerApp.port=${port}`, "--no-browser"])
    assert.equal(given.includes(option), true, option);
});

test("Binder: what it runs after its installation leaves the kernel where its JupyterLab looks", () => {
  const bare = new Project();
  try {
    bare.borrow("node_modules").borrow(".engine").borrow(".venv");
    for (const folder of [".binder", join("jupyter", "kernels")])
      cpSync(join(ROOT, folder), join(bare.root, folder), { recursive: true });
    const prefix = join(bare.root, "conda");
    const { status, stderr } = spawnSync(join(bare.root, ".binder", "postBuild"), {
      cwd: bare.root,
      encoding: "utf8",
      env: { HOME: bare.root, PATH: `${bare.bin}:/usr/bin:/bin`, NB_PYTHON_PREFIX: prefix },
    });
    assert.equal(status, 0, stderr);
    const spec = join(prefix, "share", "jupyter", "kernels", "collapse-lab", "kernel.json");
    assert.equal(existsSync(spec), true);
  } finally {
    bare.remove();
  }
});

test("Binder: a supported Node, and the compiler and git that set-up asks for", () => {
  const node = /^ *- nodejs=(\d+)$/m.exec(read(".binder/environment.yml"))![1];
  assert.doesNotThrow(() => checkNode(`${node}.0.0`));
  const packages = read(".binder/apt.txt").trim().split("\n");
  for (const name of ["g++", "make", "git"]) assert.equal(packages.includes(name), true, name);
});
