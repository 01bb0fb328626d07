import { UserError } from "../errors";

const ELSEWHERE = "or name another folder (COLLAPSE_LAB_RUNS for the run store)";

/** What error codes mean, after "PATH cannot be used: ". */
const MEANINGS: Readonly<Record<string, string>> = {
  EROFS: `its file system is read-only. Make it writable, ${ELSEWHERE}.`,
  EACCES: `permission denied. Change its permissions, ${ELSEWHERE}.`,
  EPERM: `the operation is not permitted there. Change its permissions, ${ELSEWHERE}.`,
  ENOTDIR: `a part of that path is a file, not a folder. Remove that file, ${ELSEWHERE}.`,
  ENAMETOOLONG: `the path is too long. Use a shorter one, ${ELSEWHERE}.`,
  ELOOP: `its symbolic links go in a circle. Correct them, ${ELSEWHERE}.`,
  ENOTSUP: `its file system lacks an operation that the run store needs. Use a local or NFS file system, ${ELSEWHERE}.`,
};

/** Runs file operations on a place and turns what the user can mend into a sentence. */
export function withFileErrors<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileErrorOf(error, place);
  }
}

/** The given error, or a sentence if it says that the disk is full or that the place cannot be used. */
export function fileErrorOf(error: unknown, place: string): unknown {
  const { code = "", path = place } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new UserError(
      `The disk that holds ${place} is full. Free some space (npm run runs -- prune lists what can go) ` +
        "and rerun: finished generations are kept and the rest continues.",
    );
  const meaning = MEANINGS[code];
  return meaning ? new UserError(`${path} cannot be used: ${meaning}`) : error;
}
