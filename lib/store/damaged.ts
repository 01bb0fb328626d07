import { UserError } from "../errors";

/** An entry of the run store that cannot be used. */
export class Damaged extends UserError {
  constructor(
    readonly folder: string,
    /** A clause: "block/x.npy has 3 bytes instead of 4". */
    readonly why: string,
  ) {
    super(
      `The run store's entry ${folder} is damaged: ${why}. Remove it with npm run runs -- prune --damaged --yes, and rerun; only what is removed is computed again.`,
    );
  }
}
