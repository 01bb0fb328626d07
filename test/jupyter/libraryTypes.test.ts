import assert from "node:assert/strict";
import { relative } from "node:path";
import { before, test } from "node:test";
import { ROOT } from "./client";
import { faultsOf, partsOf } from "./smallProject";

const { Declarations, Notebook } = partsOf(ROOT);
const declarations = new Declarations();
const notebook = new Notebook(() => false, declarations);

before(() => declarations.refresh());

test("the library passes the native compiler's check as cells ask for it, and all of its names resolve", async () => {
  const code = 'import "./lib/index";\nimport { notThere } from "./lib/errors";';
  assert.deepEqual(await faultsOf(ROOT, code, notebook), [
    `In[1].1.ts:2: Module '"./lib/errors"' has no exported member 'notThere'.`,
  ]);
});

test("of the library a cell reads declarations alone: no source, and no package that only sources import", async () => {
  const code = 'import * as all from "./lib/index";\nvoid all;';
  await notebook.prepare(code);
  const { program, diagnostics } = notebook.check("In[1]", code);
  assert.deepEqual(diagnostics, []);
  const files = program.getSourceFiles().map(({ fileName }) => relative(ROOT, fileName));
  const ofLibrary = files.filter((name) => name.startsWith("lib/"));
  assert.ok(ofLibrary.length > 100);
  assert.deepEqual(
    ofLibrary.filter((name) => !name.endsWith(".d.ts")),
    [],
  );
  const packages = new Set(
    files.flatMap((name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []),
  );
  for (const name of ["@tensorflow/tfjs-node", "@tensorflow/tfjs-core", "playwright-core"])
    assert.equal(packages.has(name), false, name);
  for (const name of ["openchemlib", "mathjs", "ml-matrix"])
    assert.equal(packages.has(name), false, name);
  assert.ok(packages.has("zod"));
  assert.ok(files.length < 600, `${files.length} files`);
});

test("every file of the library can be declared, without types that have no name", async () => {
  const code = 'import * as all from "./lib/index";\nvoid all;';
  await notebook.prepare(code);
  assert.deepEqual(declarations.undeclared, []);
});
