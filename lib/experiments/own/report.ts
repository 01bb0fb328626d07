import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../../errors";
import { saveFigures } from "../../export/export";
import { formatLines } from "../../loop/jsonLines";
import { projectRoot } from "../../root";
import { writeFileAtomic } from "../../store/atomic";
import { partLines } from "../report";
import type { OwnResult } from "./runOwn";

const REPORT = "README.md";
const RECORDS = "records.jsonl";
/** How a report of own data begins; another README.md is not overwritten. */
const HEADING = "# Own data: ";

/** Folder of the results: a given one, or that of the name in `figures/own`. */
export function ownFolder(name: string, out?: string): string {
  if (out !== undefined) return path.resolve(out);
  const figures = process.env.COLLAPSE_LAB_FIGURES || path.join(projectRoot(), "figures");
  return path.join(figures, "own", name.replace(/[^\p{L}\p{N}._-]+/gu, "-"));
}

/**
 * Makes sure that a folder can take results.
 * @throws UserError if it is a file, or has a README.md that is no report of own data
 */
export function checkFolder(folder: string): void {
  if (!fs.existsSync(folder)) return;
  if (!fs.statSync(folder).isDirectory())
    throw new UserError(`${folder} is a file. Name a folder for the results with --out.`);
  const report = path.join(folder, REPORT);
  if (fs.existsSync(report) && !fs.readFileSync(report, "utf8").startsWith(HEADING))
    throw new UserError(
      `${report} is no report of own data, and would be overwritten. Name another folder with --out.`,
    );
}

/**
 * Writes figures, records and a report into a folder.
 * @param command that made them, for the report
 * @returns why there are no pictures, if so
 */
export async function saveOwn(
  result: OwnResult,
  folder: string,
  command: string,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  checkFolder(folder);
  const { note } = await saveFigures(result.figures, folder, env);
  writeFileAtomic(path.join(folder, RECORDS), formatLines(result.rows));
  writeFileAtomic(path.join(folder, REPORT), ownReport(result, command));
  return note;
}

function ownReport(
  { title, said, provenance, figures, claims }: OwnResult,
  command: string,
): string {
  const lines = [
    `${HEADING}${provenance.dataset}`,
    "",
    `Produced by \`${command}\`. Each figure is there as PNG, SVG and Plotly JSON; the records behind`,
    `them are in [\`${RECORDS}\`](${RECORDS}). The statements are the paper's, measured on these data.`,
    "",
    ...said.map((sentence) => `- ${sentence}`),
    "",
    `## ${title}`,
    ...partLines({
      ...{ dataset: provenance.dataset, differs: provenance.differs ?? "" },
      ...{ figures, claims },
    }),
  ];
  return `${lines.join("\n")}\n`;
}
