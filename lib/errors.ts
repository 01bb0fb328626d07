import { closest, distance } from "fastest-levenshtein";

/**
 * A failure whose message is all its reader needs: what was wrong, where, and what to do.
 * Commands print the message alone and exit with `exitCode`; any other error keeps its stack.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Training was asked to stop (Ctrl-C, a notebook's interrupt). What was finished stays. */
export class Cancelled extends UserError {
  override readonly name = "Cancelled";
  constructor(
    message = "Stopped on request; finished generations are kept and a rerun continues.",
  ) {
    super(message, 130);
  }
}

/** ` Did you mean "x"?` for a mistyped name, or the list of valid names when none is near. */
export function suggestion(given: string, valid: readonly string[]): string {
  if (valid.length === 0) return "";
  const nearest = closest(given, valid);
  return distance(given, nearest) <= Math.max(2, Math.floor(given.length / 3))
    ? ` Did you mean "${nearest}"?`
    : ` Valid: ${valid.join(", ")}.`;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
