import * as path from "node:path";
import { logProbability, storyEntropy } from "../../data/grammar/stories";
import type { ChainResult, GenerationResult } from "../../loop/chain";
import { END_OF_TEXT } from "../../models/language/packed";
import { DiskBlock } from "../../pool/diskBlock";
import type { Tokenizer } from "../../tokenizer/index";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { readNumbers } from "./arrays";
import type { LanguageConfig } from "./config";
import { histogram } from "./histogram";
import { storiesOf, withoutEnd } from "./stories";
import { textMetrics } from "./textMetrics";
import { realFolder, tokenizerOf } from "./tokenizer";

/** Raise it when the same generation gives other rows. */
const VERSION = 1;
/** Sampled stories that the records keep. */
const KEPT = 4;
/** Widths of bins: nats a token, and nats a story. */
const BIN = { loss: 0.05, surprisal: 2 };

/** What a chain's real data give to all of its generations. */
interface Real {
  readonly tokenizer: Tokenizer;
  /** Validation stories as the tokenizer gives them back. */
  readonly texts: readonly string[];
}

/**
 * Makes the rows of a generation that need its stories as text, once for each generation in the
 * run store: `texts` (metrics), `histogram`, `surprisal` (grammar alone) and `sample`.
 * @param stories of each generation that are looked at, from the first on
 */
export function textRows(
  session: Session,
  stories: number,
): (chain: ChainResult["chain"], generation: GenerationResult) => Promise<Row[]> {
  const known = new Map<string, Real>();
  const realOf = (address: string): Real => {
    const folder = realFolder(session.store, address);
    let real = known.get(folder);
    if (!real) {
      const tokenizer = tokenizerOf(session.store, address);
      real = { tokenizer, texts: read(path.join(folder, "test"), tokenizer).texts };
      known.set(folder, real);
    }
    return real;
  };
  return ({ config }, { address, folder }) => {
    const { dataset } = config as LanguageConfig;
    const key = { name: "language texts", version: VERSION, generation: address, stories };
    return session.rows(key, () => {
      const real = realOf(address);
      const sampled = read(path.join(folder, "block"), real.tokenizer, stories);
      const nats = readNumbers(path.join(folder, "story-losses.npy"));
      const tokens = readNumbers(path.join(folder, "story-tokens.npy"));
      const metrics = {
        ...textMetrics(sampled.texts, real.texts),
        meanTokens: mean(sampled.tokens, ({ length }) => length),
        endedShare: mean(sampled.tokens, (story) => Number(story.at(-1) === END_OF_TEXT)),
      };
      const losses = Array.from(nats, (loss, i) => loss / tokens[i]);
      const rows: Row[] = [
        { measure: "texts", ...metrics },
        { measure: "histogram", ...histogram(losses, BIN.loss) },
      ];
      if (dataset === "grammar") {
        const surprisal = sampled.texts.map((text) => -logProbability(text));
        Object.assign(rows[0], {
          kl: klPerStory(nats, real.texts),
          entropy: storyEntropy(),
          ungrammatical: mean(surprisal, (value) => Number(!Number.isFinite(value))),
        });
        rows.push({ measure: "surprisal", ...histogram(surprisal, BIN.surprisal) });
      }
      for (const [story, text] of sampled.texts.slice(0, KEPT).entries())
        rows.push({ measure: "sample", story, text });
      return rows;
    });
  };
}

/**
 * KL divergence of the model from the grammar in nats a story, estimated on validation stories:
 * the mean of log p(story) − log q(story). The grammar's p is exact; the model's q is that of the
 * story as the tokenizer writes it, a part of what it gives the text, so the divergence of texts
 * is at most this.
 */
export function klPerStory(nats: ArrayLike<number>, texts: readonly string[]): number {
  return mean(texts, (text, i) => nats[i] + logProbability(text));
}

function read(folder: string, tokenizer: Tokenizer, most = Number.POSITIVE_INFINITY) {
  const block = DiskBlock.open(folder);
  try {
    const tokens = storiesOf(block.range(0, Math.min(block.length, most)));
    return { tokens, texts: tokens.map((story) => tokenizer.decode(withoutEnd(story))) };
  } finally {
    block.close();
  }
}

function mean<T>(items: readonly T[], value: (item: T, i: number) => number): number {
  return items.reduce((sum, item, i) => sum + value(item, i), 0) / items.length;
}
