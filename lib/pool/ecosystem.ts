import { UserError } from "../errors";
import { checkShare, namedRegime } from "./checkRegime";
import type { Part, Regime } from "./regime";

/** How a model of an ecosystem mixes its sources. */
export interface Ecosystem {
  /** Names of the chains whose latest blocks are pooled, this one's among them. */
  readonly models: readonly string[];
  /** Name of the chain whose real data are public. */
  readonly real: string;
  /** Weight of the pooled samples, in (0, 1). */
  readonly syntheticShare: number;
  /** Weight of this chain's own real data within the real part, in (0, 1). */
  readonly privateShare: number;
}

/**
 * Several models that are trained on each other's samples (Vu, Reeves & Wenger, arXiv 2505.21677): model n
 * sees its own real data, the public ones and the latest block of every model, each part with its weight
 * as a whole whatever its size, given as many items in each.
 */
export function ecosystem(options: Ecosystem): Regime {
  const { models, real, syntheticShare, privateShare } = options;
  checkShare(syntheticShare);
  checkShare(privateShare);
  if (models.length === 0)
    throw new UserError("An ecosystem needs the name of at least one chain in `models`.");
  const name = `ecosystem-of-${models.length}-${syntheticShare}-${privateShare}`;
  return namedRegime(name, (n, T) => {
    const ofReal = n === 1 ? 1 : 1 - syntheticShare;
    const parts: Part[] = [
      { block: 1, weight: ofReal * privateShare },
      { block: 1, chain: real, weight: ofReal * (1 - privateShare) },
    ];
    if (n > 1)
      for (const chain of models)
        parts.push({ block: n, chain, weight: syntheticShare / models.length });
    return { parts, produce: T };
  });
}
