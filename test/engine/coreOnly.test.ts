import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { CORE_ONLY_PARTS } from "../../lib/engine/coreOnly";

const ROOT = path.join(__dirname, "..", "..");

/** What a program prints, as JSON, in a process of its own in which only the core is to load. */
function printed(program: string): Record<string, unknown> {
  const begin =
    'require("./lib/engine/coreOnly").loadCoreOnly();' +
    'const { tf } = require("./lib/engine/load").engine({ threads: 1 });' +
    "const parts = () => ['layers', 'converter', 'data', 'backend-cpu', 'backend-webgl'].filter((part) =>" +
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the program
    " Object.keys(require.cache).some((file) => file.includes(`tfjs-${part}/dist`) && require.cache[file].children.length > 0));";
  const output = execFileSync(
    process.execPath,
    ["--require", "./lib/typescript.cjs", "-e", `${begin} console.log(JSON.stringify(${program}))`],
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  return JSON.parse(output);
}

test("With the core alone operations, chained ones and gradients compute as ever: ∇ Σ 2x² = 4x", () => {
  const { sum, gradient, loaded } = printed(
    "{ sum: tf.tensor([1, 2]).square().mul(2).sum().dataSync()[0]," +
      " gradient: [...tf.grad((x) => x.square().mul(2).sum())(tf.tensor([1, 2])).dataSync()]," +
      " loaded: parts() }",
  );
  assert.equal(sum, 10);
  assert.deepEqual(gradient, [4, 8]);
  assert.deepEqual(loaded, []);
});

test("What is left out loads when it is used: a dense layer of ones answers 3 to three ones", () => {
  const { answer, loaded } = printed(
    "(() => { const model = tf.sequential();" +
      " model.add(tf.layers.dense({ units: 1, inputShape: [3], kernelInitializer: 'ones' }));" +
      " return { answer: model.predict(tf.ones([1, 3])).dataSync()[0], loaded: parts() }; })()",
  );
  assert.equal(answer, 3);
  assert.deepEqual(loaded, ["layers"]);
});

test("The names that load a part are all that it exports", () => {
  const tfjs = path.join(ROOT, "node_modules");
  for (const [part, names] of Object.entries(CORE_ONLY_PARTS)) {
    if (part.includes("backend")) continue;
    const exported = Object.keys(require(path.join(tfjs, part))).filter(
      (name) => !/^version_|^CustomCallback$|^registerCallbackConstructor$/.test(name),
    );
    assert.deepEqual([...names].sort(), exported.sort());
  }
});
