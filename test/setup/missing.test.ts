import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { Project } from "./project";

/** Runs set-up in a project of its own; what must come out is one sentence and a failure. */
function refuses(
  title: string,
  prepare: (project: Project) => readonly [args: string[], env?: NodeJS.ProcessEnv],
  sentence: RegExp,
) {
  test(title, { timeout: 60_000 }, async () => {
    const project = new Project();
    try {
      const [args, env] = prepare(project);
      const { code, stderr } = await project.run(args, env);
      assert.match(stderr, sentence);
      assert.equal(code, 1);
    } finally {
      project.remove();
    }
  });
}

refuses(
  "no Python: one sentence says which and how",
  (project) => {
    project.borrow("node_modules");
    return [["setup"]];
  },
  /^Python 3\.10 or later is needed .* install python3 .*PYTHON\.\n$/,
);

refuses(
  "a Python that is too old is named with its version",
  (project) => {
    project.borrow("node_modules").script("python3", "echo 3 9 1");
    return [["setup"]];
  },
  /python3 is 3\.9\)/,
);

refuses(
  "a Python without venv: the sentence names the package",
  (project) => {
    project.borrow("node_modules").script("python3", "echo 3 12 0");
    return [["setup"]];
  },
  /^.*\(Python 3\.12\) lacks the modules venv and ensurepip: .*python3-venv.*\n$/,
);

refuses(
  "no C++ compiler: one sentence says why and how",
  (project) => {
    project.packagesWithoutAddon().borrow(".venv").borrow(".engine");
    return [["setup"]];
  },
  /^No C\+\+ compiler was found \(g\+\+, c\+\+, clang\+\+\).*(apt install g\+\+ make|xcode-select).*\n$/,
);

refuses(
  "a compiler but no make: one sentence",
  (project) => {
    project.packagesWithoutAddon().borrow(".venv").borrow(".engine").script("g++", "exit 0");
    return [["setup"]];
  },
  /^make was not found.*\n$/,
);

refuses(
  "no npm: one sentence",
  (project) => {
    project.borrow(".venv").borrow(".engine");
    return [["setup"], { PATH: "/nonexistent" }];
  },
  /^npm is not on the PATH.*\n$/,
);

refuses(
  "a failing npm: the sentence, the log's place and its last lines",
  (project) => {
    project.borrow(".venv").borrow(".engine").script("bad", "");
    mkdirSync(join(project.root, "first"));
    writeFileSync(
      join(project.root, "first", "npm"),
      "#!/bin/sh\necho npm error code ENOTFOUND\nexit 1\n",
      { mode: 0o755 },
    );
    return [["setup"], { PATH: `${join(project.root, "first")}:${project.bin}:/usr/bin:/bin` }];
  },
  /^A package registry could not be reached: .*\n.*\.cache\/setup\/npm-ci\.log; it ends with:\n.*\n +npm error code ENOTFOUND\n$/,
);

refuses(
  "--libtensorflow with a folder that is none",
  (project) => {
    project.borrow("node_modules").borrow(".venv");
    return [["setup", "--libtensorflow", project.bin]];
  },
  /bin is not a libtensorflow: expected lib\/libtensorflow/,
);

refuses(
  "a command that does not exist: the sentence lists those that do",
  () => [["reprodcue"]],
  /^There is no command "reprodcue"; there are setup, reproduce, .*\n$/,
);

refuses(
  "a word or an option that set-up does not have",
  () => [["setup", "--nonsense"]],
  /^npm run setup takes no arguments; it was given --nonsense\.\n$/,
);
refuses(
  "a word after check, which checks everything",
  () => [["check", "lib", "test"]],
  /^npm run check takes no arguments; it was given lib test\.\n$/,
);

refuses(
  "an npm that leaves packages out: a sentence, once, instead of the same installation for ever",
  (project) => {
    project.borrow(".venv").borrow(".engine");
    mkdirSync(join(project.root, "first"));
    // It succeeds if it is asked for the development packages, whatever NODE_ENV says, and fails else.
    const ci = 'case "$*" in "ci --include=dev"*) exit 0;; *) exit 1;; esac';
    writeFileSync(join(project.root, "first", "npm"), `#!/bin/sh\n${ci}\n`, { mode: 0o755 });
    const PATH = `${join(project.root, "first")}:${project.bin}:/usr/bin:/bin`;
    return [["setup"], { PATH, NODE_ENV: "production" }];
  },
  /^npm packages: the installation ended without an error and is not complete\. .*\n$/,
);

test("a taken port that was asked for: one sentence and a failure", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen({ port: 0, host: "127.0.0.1" }, done));
  const { port } = server.address() as { port: number };
  const project = new Project();
  try {
    project.borrow("node_modules").borrow(".venv").borrow(".engine");
    const { code, stderr } = await project.run(["lab", "--no-browser", "--port", String(port)]);
    assert.match(stderr, new RegExp(`^Port ${port} is taken: .*--port.*\\n$`));
    assert.equal(code, 1);
  } finally {
    project.remove();
    server.close();
  }
});

test("with everything in place set-up runs nothing and leaves nothing", async () => {
  const project = new Project();
  try {
    project.borrow("node_modules").borrow(".venv").borrow(".engine");
    const { code, stdout } = await project.run(["setup"], { PATH: "/nonexistent" });
    assert.equal(code, 0);
    assert.equal(stdout, "Everything is in place.\n");
    assert.equal(existsSync(join(project.root, ".cache")), false);
  } finally {
    project.remove();
  }
});

test("two set-ups started at once take turns; a lock left by a dead process is taken over", async () => {
  const project = new Project();
  try {
    project.borrow("node_modules").script("python3", "/bin/sleep 2; echo 3 9 1");
    const cache = join(project.root, ".cache", "setup");
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, "lock"), "999999999");
    const both = await Promise.all([project.run(["setup"]), project.run(["setup"])]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [1, 1],
    );
    const waited = both.filter(({ stdout }) => /Waiting for another set-up/.test(stdout));
    assert.equal(waited.length, 1);
    assert.throws(() => readFileSync(join(cache, "lock")), /ENOENT/);
  } finally {
    project.remove();
  }
});
