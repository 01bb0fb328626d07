import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { PNG } from "pngjs";
import { Project, ROOT } from "./project";

const project = new Project();
const spec = join("jupyter", "kernels", "collapse-lab");
project.borrow("node_modules").borrow(".venv").borrow(".engine");
cpSync(join(ROOT, spec), join(project.root, spec), { recursive: true });
after(() => project.remove());

const at = (...parts: string[]) => join(project.root, ...parts, "kernels", "collapse-lab");
const kernel = (args: string, env = {}) => project.run(["kernel", ...args.split(" ")], env);

test("install writes where Jupyter looks: the user's folder, a variable's, a prefix", async () => {
  for (const [option, env, folder] of [
    [
      "",
      {},
      at(
        ...(process.platform === "darwin"
          ? ["Library", "Jupyter"]
          : [".local", "share", "jupyter"]),
      ),
    ],
    [" --user", { JUPYTER_DATA_DIR: join(project.root, "data") }, at("data")],
    [` --prefix ${project.root}/a`, {}, at("a", "share", "jupyter")],
    [` --prefix=${project.root}/b`, {}, at("b", "share", "jupyter")],
  ] as const) {
    const { code, stdout, stderr } = await kernel(`install${option}`, env);
    assert.equal(code, 0, stderr);
    assert.equal(stdout.split("\n")[0], `"TypeScript (collapse-lab)" is in ${folder}.`);
    const { argv, display_name, ...rest } = JSON.parse(
      readFileSync(join(folder, "kernel.json"), "utf8"),
    );
    const {
      argv: committedArgv,
      display_name: name,
      ...committed
    } = JSON.parse(readFileSync(join(ROOT, spec, "kernel.json"), "utf8"));
    // The flags stay; what is relative becomes absolute.
    const folderOfSpec = join(project.root, spec);
    assert.equal(argv[0], process.execPath);
    assert.deepEqual(
      argv.slice(1),
      committedArgv.slice(1).map((arg: string) => arg.replace("{resource_dir}", folderOfSpec)),
    );
    assert.deepEqual([display_name, rest], [name, committed]);
    assert.deepEqual(readdirSync(folder).sort(), [
      ...["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"],
    ]);
  }
});

test("logos have the sizes in their names, and the drawing needs nothing from elsewhere", () => {
  for (const size of [32, 64]) {
    const { width, height } = PNG.sync.read(
      readFileSync(join(ROOT, spec, `logo-${size}x${size}.png`)),
    );
    assert.deepEqual([width, height], [size, size]);
  }
  const svg = readFileSync(join(ROOT, spec, "logo-svg.svg"), "utf8");
  assert.doesNotMatch(svg, /href|<script|<image|<foreignObject/);
});

test("another project's kernel is replaced, and named; a foreign folder of that name is not touched", async () => {
  const prefix = join(project.root, "c");
  const folder = at("c", "share", "jupyter");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "kernel.json");
  const write = (path: string) => writeFileSync(file, JSON.stringify({ argv: ["node", path] }));
  write("/elsewhere/jupyter/kernels/collapse-lab/launch.cjs");
  const { stdout } = await kernel(`install --prefix ${prefix}`);
  assert.match(stdout, /^The kernel there was that of \/elsewhere\.$/m);
  write("/own/kernel.js");
  for (const action of ["install", "uninstall"]) {
    const { code, stderr } = await kernel(`${action} --prefix ${prefix}`);
    assert.equal(code, 1);
    assert.match(stderr, /was not made by this command: move it away/);
  }
  assert.equal(existsSync(file), true);
});

test("uninstall needs no set-up, and says so when there is nothing", async () => {
  const bare = new Project();
  try {
    const { code, stderr } = await bare.run(["kernel", "uninstall", "--prefix", bare.root]);
    assert.equal(code, 1);
    assert.match(stderr, /^There is no kernel in .*collapse-lab\.\n$/);
  } finally {
    bare.remove();
  }
});

test("anything else is refused with the command's two forms", async () => {
  for (const args of [
    "",
    "instal",
    "install here",
    "install --prefix",
    "install --user --prefix x",
  ]) {
    const { code, stderr } = await kernel(args);
    assert.equal(code, 1, args);
    assert.match(stderr, /npm run kernel -- install \[--user \| --prefix FOLDER\]/);
  }
});

test("a copy of the spec without the kernel, as jupyter kernelspec install makes it, ends with a sentence", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(project.root, spec, "launch.cjs"), "connection.json"],
    { encoding: "utf8" },
  );
  assert.equal(status, 1);
  assert.match(stderr, /is a copy of the kernel's spec .* run "npm run kernel -- install"/);
});
