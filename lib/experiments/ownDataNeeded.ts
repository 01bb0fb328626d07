import { UserError } from "../errors";

/** Said by a task whose config names a file of the user's own, but that was not handed the file. */
export function ownDataNeeded(): UserError {
  return new UserError(
    'The data set "own" is a file of yours, and a config does not say where that lies: run npm run own -- PATH, or ownData(PATH) in a notebook.',
  );
}
