import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Cancelled, UserError } from "../errors";
import { projectRoot } from "../root";

/**
 * Runs a notebook top to bottom through its real kernel and writes it with its outputs.
 * @param input notebook file
 * @param output where the executed notebook goes
 * @param params for `NB_PARAMS`
 */
export async function executeNotebook(
  input: string,
  output: string,
  params: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<void> {
  // An aborted signal sends no event, so the child would never be stopped.
  if (signal.aborted) throw new Cancelled();
  const root = projectRoot();
  const python = path.join(root, ".venv", "bin", "python");
  if (!fs.existsSync(python)) throw new UserError(`There is no ${python}. Run: npm run setup`);
  fs.mkdirSync(path.dirname(output), { recursive: true });
  const script = path.join(root, "jupyter", "execute.py");
  const child = spawn(python, [script, "--with-parent", input, output], {
    cwd: root,
    env: { ...process.env, NB_PARAMS: JSON.stringify(params) },
    // Nothing is written to its input: it ends when this process does, however that ends.
    stdio: ["pipe", "inherit", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  const stop = () => child.kill("SIGINT");
  signal.addEventListener("abort", stop, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal.removeEventListener("abort", stop);
  if (signal.aborted) throw new Cancelled();
  if (code !== 0)
    throw new UserError(`The notebook ${path.basename(input)} failed.\n${errors.trim()}`);
}

/** Hash of a notebook's cells without their outputs: everything in it that its execution depends on. */
export function notebookSource(file: string): string {
  const notebook = JSON.parse(fs.readFileSync(file, "utf8")) as {
    cells: { cell_type: string; source: string | string[] }[];
  };
  const cells = notebook.cells.map((cell) => [cell.cell_type, [cell.source].flat().join("")]);
  return createHash("sha256").update(JSON.stringify(cells)).digest("hex");
}
