import * as fs from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { temporaryFolder } from "../support/temporary";
import { ROOT } from "./client";

/** A fault as TypeScript's compilers hand it out. */
export interface Fault {
  readonly file: { readonly fileName: string; getLineAndCharacterOfPosition(at: number): Place };
  readonly start: number;
  readonly messageText: string | { readonly messageText: string };
}

interface Place {
  readonly line: number;
}

export interface Declarations {
  readonly compilations: number;
  readonly undeclared: readonly string[];
  refresh(signal?: AbortSignal): Promise<void>;
}

export interface Notebook {
  readonly reads: number;
  read(code: string): void;
  prepare(code: string): Promise<void>;
  check(name: string, code: string): Checked;
  information(code: string, position: number): Information | undefined;
}

interface Checked {
  readonly diagnostics: readonly Fault[];
  readonly program: { getSourceFiles(): readonly { readonly fileName: string }[] };
}

interface Information {
  readonly displayParts: readonly { readonly text: string }[];
  readonly documentation: readonly { readonly text: string }[];
}

/** The kernel's parts that look at a project. */
export interface Parts {
  readonly Declarations: new (cache?: string) => Declarations;
  readonly Notebook: new (isStopped: () => boolean, declarations?: Declarations) => Notebook;
  readonly Compiled: new (
    cache?: string,
  ) => {
    readonly compilations: number;
    of(name: string, source: string): { readonly code: string };
    keep(): void;
  };
}

export function partsOf(root: string): Parts {
  const load = createRequire(join(root, "package.json"));
  const part = (name: string) => load(`./jupyter/kernel/${name}.cjs`);
  return { ...part("declarations"), ...part("notebook"), ...part("compiled") };
}

/** Faults of a cell in a new notebook of a project, as `file:line: message`. */
export async function faultsOf(root: string, code: string, notebook: Notebook): Promise<string[]> {
  await notebook.prepare(code);
  return notebook.check("In[1]", code).diagnostics.map(({ file, start, messageText }) => {
    const text = typeof messageText === "string" ? messageText : messageText.messageText;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${relative(root, file.fileName)}:${line + 1}: ${text}`;
  });
}

/**
 * A project like this one around a library of a few lines, which a test may edit: the same kernel, options
 * and packages.
 */
export class SmallProject {
  readonly root = fs.realpathSync(temporaryFolder());

  /** @param library texts by path in the library's folder @param without packages that are missing */
  constructor(library: Readonly<Record<string, string>>, without: readonly string[] = []) {
    const names = ["package.json", "package-lock.json", "tsconfig.json", "jupyter/kernel"];
    for (const name of [...names, "jupyter/kernels", "lib/engine/removedFromNode.cjs"])
      fs.cpSync(join(ROOT, name), join(this.root, name), { recursive: true });
    const packages = join(this.root, "node_modules");
    fs.mkdirSync(packages);
    for (const name of fs.readdirSync(join(ROOT, "node_modules")))
      if (!without.includes(name))
        fs.symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
    for (const [name, text] of Object.entries(library)) this.write(`lib/${name}`, text);
  }

  get cache(): string {
    return join(this.root, ".cache", "jupyter");
  }

  write(name: string, text: string): void {
    const file = join(this.root, name);
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  remove(name: string): void {
    fs.rmSync(join(this.root, name));
  }

  /** What is kept for the next kernel. */
  kept(purpose = "declarations"): string[] {
    const folder = join(this.cache, purpose);
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  }
}
