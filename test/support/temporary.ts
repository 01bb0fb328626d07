import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after } from "node:test";

/** An empty folder that is removed when the test file ends. */
export function temporaryFolder(parent = os.tmpdir()): string {
  const folder = fs.mkdtempSync(path.join(parent, "collapse-lab-"));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Likewise, in memory where the system has such a place: for tests that flush thousands of files. */
export const memoryFolder = (): string =>
  temporaryFolder(fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir());
