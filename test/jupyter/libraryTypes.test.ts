import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { test } from "node:test";
import { ROOT } from "./client";

/** A fault as TypeScript's compilers hand it out. */
interface Fault {
  readonly file?: { readonly fileName: string };
  readonly messageText: string | { readonly messageText: string };
}

const { Notebook } = createRequire(join(ROOT, "package.json"))("./jupyter/kernel/notebook.cjs") as {
  Notebook: new (
    isStopped: () => boolean,
  ) => { check(name: string, code: string): { readonly diagnostics: readonly Fault[] } };
};

function faults(code: string): string[] {
  const { diagnostics } = new Notebook(() => false).check("In[1]", code);
  return diagnostics.map(({ file, messageText }) => {
    const text = typeof messageText === "string" ? messageText : messageText.messageText;
    return `${file && relative(ROOT, file.fileName)}: ${text}`;
  });
}

// By the kernel's own compiler and options; what it has found without fault, it does not check again.
test("the library passes the cells' own, older compiler: else no notebook could import it", () => {
  assert.deepEqual(faults('import "./lib/index";\nimport { notThere } from "./lib/errors";'), [
    `In[1].1.ts: Module '"./lib/errors"' has no exported member 'notThere'.`,
  ]);
});
