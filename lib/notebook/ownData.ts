import { claimRows } from "../claims/rows";
import { type OwnResult, type RunOwnOptions, runOwn } from "../experiments/own/runOwn";
import { display } from "./kernel";
import { withSession } from "./session";
import { show } from "./show";
import { table } from "./table";

/** As the last value of a cell it shows itself in a line, for all of it has been shown. */
function quiet(result: OwnResult): OwnResult {
  const text = `${result.name}: ${result.rows.length} records, ${result.figures.length} figures`;
  Object.defineProperty(result, Symbol.for("Jupyter.display"), {
    value: () => ({ "text/plain": text }),
  });
  return result;
}

/**
 * Runs a family on a file or folder of one's own and shows what was read, the figures and the claims
 * under the cell. A path is relative to the project's folder, in which the kernel runs.
 * @throws UserError if the data cannot be used, with what to do
 * @example await ownData("my-stories.txt", { minutes: 5 });
 */
export async function ownData(path: string, options: RunOwnOptions = {}): Promise<OwnResult> {
  const tell = (sentence: string) => display({ "text/plain": sentence });
  const result = await withSession((session) => runOwn(path, options, session, tell));
  await show(...result.figures);
  const rows = claimRows(result.claims).map(({ published: _, ...row }) => row);
  table(rows, { caption: result.provenance.dataset });
  return quiet(result);
}
