import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after } from "node:test";

/** An empty folder that is removed when the test file ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "collapse-lab-"));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
