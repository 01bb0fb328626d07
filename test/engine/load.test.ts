import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { engine } from "../../lib/engine/load";

const ROOT = join(__dirname, "..", "..");

/** Runs code in a fresh process, where TensorFlow has not been loaded. */
function fresh(code: string) {
  const done = spawnSync(process.execPath, ["--require", "./lib/typescript.cjs", "-e", code], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TF_NUM_INTRAOP_THREADS: "" },
  });
  return done.stdout.trim() || done.stderr;
}

test("The engine is loaded once, and says which TensorFlow it is", () => {
  const first = engine({ threads: 1 });
  assert.equal(engine(), first);
  assert.match(first.version, /^2\.\d+\.\d+/);
});

test("Another thread count after the start is refused in a sentence", () => {
  engine({ threads: 1 });
  assert.throws(() => engine({ threads: 3 }), /already running with 1 threads.*ask for 3/);
});

test("A missing addon is a UserError that says what to run", () => {
  const message = fresh(`
    const Module = require("node:module");
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (name === "@tensorflow/tfjs-node") throw new Error("The addon can not be found.\\nMore.");
      return load(name, ...rest);
    };
    const { engine } = require("./lib/engine/load");
    try { engine(); } catch (error) { console.log(error.name + ": " + error.message); }
  `);
  assert.equal(
    message,
    'UserError: The native TensorFlow engine (@tensorflow/tfjs-node) does not load: The addon can not be found. Run "npm run setup" to build it.',
  );
});
