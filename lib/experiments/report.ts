import type { Claim } from "../claims/claim";
import { short, verdictText } from "../claims/print";
import type { Figure } from "../figures/figure";
import type { PresetName } from "./experiment";

/** What one family contributes to the report. */
export interface ReportPart {
  readonly title: string;
  /** File names. */
  readonly notebooks: readonly string[];
  readonly dataset: string;
  readonly differs: string;
  readonly figures: readonly Figure[];
  readonly claims: readonly Claim[];
}

/**
 * The short report beside the figures, in Markdown.
 * @param prefix from the report's folder to the figures' ("" or "laptop/")
 */
export function report(preset: PresetName, parts: readonly ReportPart[], prefix: string): string {
  const lines = [
    `# Figures, preset \`${preset}\``,
    "",
    `Produced by \`npm run reproduce -- --preset ${preset}\`. Each figure is there as PNG, SVG and Plotly JSON;`,
    "its caption names data, seeds and versions. The records behind them are in",
    `[\`${prefix}records/\`](${prefix}records/).`,
  ];
  for (const part of parts) {
    lines.push("", `## ${part.title}`, "");
    lines.push(`Data: ${part.dataset}. ${notebookText(part.notebooks)}.`);
    lines.push(...partLines(part, prefix));
  }
  return `${lines.join("\n")}\n`;
}

/** The lines of a part under its title and data: differences, figures and claims. */
export function partLines(
  { dataset, differs, figures, claims }: Omit<ReportPart, "title" | "notebooks">,
  prefix = "",
): string[] {
  const lines: string[] = [];
  if (differs) lines.push("", `Differs from the paper: ${differs}.`);
  for (const figure of figures) {
    lines.push("", `![${figure.alt}](${prefix}${figure.name}.png)`, "", figure.alt);
    // A variant may have other data than the family's main one.
    const { dataset: shown } = figure.provenance;
    if (shown !== dataset) lines.push("", `Data: ${shown}.`);
  }
  if (claims.length > 0) lines.push("", ...claimTable(claims));
  return lines;
}

function notebookText(notebooks: readonly string[]): string {
  const names = notebooks.map((name) => `\`${name}\``).join(", ");
  return `Notebook${notebooks.length === 1 ? "" : "s"}: ${names}`;
}

function claimTable(claims: readonly Claim[]): string[] {
  return [
    "| statement | ours | 95 % interval | published | verdict |",
    "| --- | --- | --- | --- | --- |",
    ...claims.map((claim) => {
      const { statement, estimate, low, high, published } = claim;
      const interval = Number.isFinite(low) ? `${short(low)} … ${short(high)}` : "–";
      const beside = published === undefined ? "–" : short(published);
      return `| ${statement.replaceAll("|", "\\|")} | ${short(estimate)} | ${interval} | ${beside} | ${verdictText(claim)} |`;
    }),
  ];
}
