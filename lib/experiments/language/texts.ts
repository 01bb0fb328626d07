import * as fs from "node:fs";
import * as path from "node:path";
import { logProbability, storyEntropy } from "../../data/grammar/stories";
import type { ChainResult, GenerationResult } from "../../loop/chain";
import { vocabularyOf } from "../../metrics/text/index";
import { DiskBlock } from "../../pool/diskBlock";
import type { Tokenizer } from "../../tokenizer/index";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { readNumbers } from "./arrays";
import type { LanguageConfig } from "./config";
import { SAMPLES } from "./evaluate";
import { histogram } from "./histogram";
import { klPerStory } from "./kl";
import { storiesIn, withoutEnd } from "./stories";
import { type Reference, type Texts, textMetrics } from "./textMetrics";
import { realFolder, tokenizerOf } from "./tokenizer";

/** Raise it when the same generation gives other rows. */
const VERSION = 2;
/** Widths of bins: nats a token, and nats a story. */
const BIN = { loss: 0.05, surprisal: 2 };

/** Training stories that the vocabulary of real words is taken from, at most. */
const WORDS_FROM = 20_000;

/** What a chain's real data give to all of its generations. */
interface Real extends Reference {
  readonly tokenizer: Tokenizer;
  /** On the grammar: log probability of each validation story. */
  readonly logs: readonly number[];
  /** Tokens of all validation stories, whole. */
  readonly tokens: number;
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
  const realOf = (address: string, grammar: boolean): Real => {
    const folder = realFolder(session.store, address);
    let real = known.get(folder);
    if (!real) {
      const tokenizer = tokenizerOf(session.store, address);
      const { tokens, texts } = read(path.join(folder, "test"), tokenizer);
      const training = read(path.join(folder, "train"), tokenizer, WORDS_FROM);
      const words = vocabularyOf(training.texts);
      const logs = grammar ? texts.map(logProbability) : [];
      const heldOut = tokens.slice(0, stories);
      const all = tokens.reduce((sum, { length }) => sum + length, 0);
      real = { tokenizer, logs, heldOut, words, tokens: all };
      known.set(folder, real);
    }
    return real;
  };
  return ({ config }, { fit, block, artefact, items }) => {
    const grammar = (config as LanguageConfig).dataset === "grammar";
    const key = { name: "language texts", version: VERSION, fit, block, stories };
    return session.rows(key, () => {
      const real = realOf(fit, grammar);
      const sampled = read(items, real.tokenizer, stories);
      const nats = readNumbers(artefact("story-losses.npy"));
      const tokens = readNumbers(artefact("story-tokens.npy"));
      const losses = Array.from(nats, (loss, i) => loss / tokens[i]);
      const rows: Row[] = [
        { kind: "texts", ...textMetrics(sampled, real) },
        { kind: "histogram", ...histogram(losses, BIN.loss) },
      ];
      if (grammar) {
        const surprisal = sampled.texts.map((text) => -logProbability(text));
        // A story that was cut at the context has no whole probability to compare.
        const whole = Array.from(tokens).reduce((a, b) => a + b, 0) === real.tokens;
        Object.assign(rows[0], {
          ...(whole ? { kl: klPerStory(nats, real.logs) } : {}),
          entropy: storyEntropy(),
          ungrammatical: 1 - surprisal.filter(Number.isFinite).length / surprisal.length,
        });
        rows.push({ kind: "surprisal", ...histogram(surprisal, BIN.surprisal) });
      }
      const shown: number[][] = JSON.parse(fs.readFileSync(artefact(SAMPLES), "utf8"));
      for (const [story, ids] of shown.entries()) {
        const text = real.tokenizer.decode(withoutEnd(Uint16Array.from(ids)));
        rows.push({ kind: "sample", story, text });
      }
      return rows;
    });
  };
}

function read(folder: string, tokenizer: Tokenizer, most = Number.POSITIVE_INFINITY): Texts {
  const block = DiskBlock.open(folder);
  try {
    const tokens = storiesIn(block.range(0, Math.min(block.length, most)));
    return { tokens, texts: tokens.map((story) => tokenizer.decode(withoutEnd(story))) };
  } finally {
    block.close();
  }
}
