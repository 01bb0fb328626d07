import { messageOf, UserError } from "../errors";

/** As a shell reports a program that ended because nobody reads its output any more. */
const BROKEN_PIPE = 141;

interface Output {
  on(event: "error", listener: (error: Error) => void): unknown;
  write(text: string, done: (error?: Error | null) => void): unknown;
}

/**
 * Follows an output stream, whose errors `console.log` swallows.
 * @returns resolves when everything written so far has arrived
 * @throws UserError, from the function returned, if something could not be written
 */
export function followOutput(output: Output): () => Promise<void> {
  let failure: Error | undefined;
  output.on("error", (error) => {
    failure ??= error;
  });
  return async () => {
    const last = await new Promise<Error | null | undefined>((resolve) =>
      output.write("", resolve),
    );
    failure ??= last ?? undefined;
    if (!failure) return;
    if ((failure as NodeJS.ErrnoException).code === "EPIPE") throw new UserError("", BROKEN_PIPE);
    throw new UserError(`The output could not be written (${messageOf(failure)}).`);
  };
}
