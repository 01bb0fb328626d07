import { countOf, formatCount } from "../../format";
import type { CardLines } from "../../models/language/huggingFaceCard";
import type { Manifest } from "../../store/manifest";

/**
 * What made a fit, for its model's card.
 * @param fit manifest of the fit
 * @param real manifest of the real data of its chain
 * @param regime its name, if it is known: regimes that train on the same items share a fit
 */
export function modelOrigin(fit: Manifest, real: Manifest, regime: string | undefined): CardLines {
  const { n, seed, task, version } = fit.identity;
  const { versions, finished } = fit.provenance;
  const trainedOn = Object.entries(fit.result.trainedOn as Record<string, number>);
  const checksums = Object.entries(real.result.checksums as Record<string, string>);
  return [
    ["Iteration", `${n}${n === 1 ? " (real data alone)" : ""}`],
    ...(regime === undefined ? [] : [["Regime", regime] as const]),
    ["Trained on", trainedOn.map(([block, items]) => partOf(block, items)).join("; ")],
    ["Data", String(real.result.description)],
    ...checksums.map(([file, sha256]) => [`SHA-256 of ${file}`, `\`${sha256}\``] as const),
    ["Seed", String(seed)],
    ["Task", `${task}, version ${version} of its fit`],
    ["Fit", `\`${fit.address}\``],
    ["Finished", finished],
    ...Object.entries(versions).map(([name, value]) => [nameOf(name), value] as const),
  ];
}

/** "300 stories sampled from model 1". */
function partOf(block: string, items: number): string {
  const [chain, number] = block.includes("/") ? block.split("/") : ["", block];
  const whose = chain === "" ? "" : ` of chain ${chain}`;
  const stories = countOf(items, "story", "stories");
  if (number === "1") return `${stories} of the real data${whose}`;
  return `${stories} sampled from model ${formatCount(Number(number) - 1)}${whose}`;
}

const nameOf = (part: string) => (part === "commit" ? "Commit" : `Version of ${part}`);
