import { suggestion, UserError } from "../../../errors";
import type { Entry } from "./entry";
import { ENTRIES } from "./index";

/** An entry by its id, such as "golden-ratio". @throws UserError if there is none */
export function atlasEntry(id: string): Entry {
  const found = ENTRIES.find((entry) => entry.id === id);
  if (found) return found;
  const ids = ENTRIES.map((entry) => entry.id);
  throw new UserError(`The atlas has no entry "${id}".${suggestion(id, ids)}`);
}
