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

const MEMORY = "/dev/shm";
/** Bytes, far more than what a test writes; containers often have less. */
const ROOM = 2 ** 30;

/** Likewise, in memory where the system has such a place with room: for tests that flush many files. */
export function memoryFolder(): string {
  const { bavail, bsize } = fs.existsSync(MEMORY) ? fs.statfsSync(MEMORY) : { bavail: 0, bsize: 0 };
  return temporaryFolder(bavail * bsize >= ROOM ? MEMORY : os.tmpdir());
}
