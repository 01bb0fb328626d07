import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import type { Tokens } from "./ngrams";
import { countNgrams } from "./ngrams";

/** n-gram orders of BLEU-4. */
const ORDERS = [1, 2, 3, 4];
/** Number of matches assumed where there are none. */
const EPSILON = 0.1;

export interface SelfBleuOptions {
  /** Number of stories that are scored. @defaultValue 500 */
  readonly hypotheses?: number;
  /** Number of stories that each of them is compared with. @defaultValue 500 */
  readonly references?: number;
}

/**
 * Self-BLEU-4 of a set (Zhu et al. 2018): the mean BLEU of a sample of stories against another sample
 * of the same set. 0 if no two stories share a token, 1 if all are identical: higher = less varied.
 *
 * Hypotheses and references are sampled independently; a hypothesis that is also a reference is not
 * compared with itself. BLEU is that of Papineni et al. (2002): the geometric mean of the clipped
 * precisions of orders 1 to 4, times the brevity penalty for the reference closest in length (the
 * shorter in a tie). Smoothing: 0.1 matches where an order has none (method 1 of Chen and Cherry,
 * 2014); a story that shares no token scores 0. Self-BLEU grows with the number of references, so
 * compare sets with the same options and sizes.
 * @throws UserError if there are fewer than two stories
 */
export function selfBleu(
  stories: readonly Tokens[],
  stream: Stream,
  { hypotheses = 500, references = 500 }: SelfBleuOptions = {},
): number {
  const size = stories.length;
  if (!(size >= 2 && references >= 2 && hypotheses >= 1))
    throw new UserError(
      `Self-BLEU needs at least two stories, two references and one hypothesis; there are ${size} ` +
        `stories, ${references} references and ${hypotheses} hypotheses.`,
    );
  const scored = stream.at("hypotheses").subset(size, Math.min(size, hypotheses));
  const against = stream.at("references").subset(size, Math.min(size, references));
  return selfBleuOf(stories, scored, against);
}

/** {@link selfBleu} of given hypotheses and references (indices of stories). */
export function selfBleuOf(
  stories: readonly Tokens[],
  hypotheses: ArrayLike<number>,
  references: ArrayLike<number>,
): number {
  const tables = ORDERS.map((n) => peaks(stories, references, n));
  let sum = 0;
  for (let k = 0; k < hypotheses.length; k++) {
    const story = hypotheses[k];
    const precisions = tables.map((table, i) => precision(stories[story], story, table, i + 1));
    if (precisions[0].matches === 0) continue;
    const logarithms = precisions.map(({ matches, all }) => Math.log((matches || EPSILON) / all));
    const mean = logarithms.reduce((a, b) => a + b, 0) / ORDERS.length;
    sum += brevity(stories, story, references) * Math.exp(mean);
  }
  return sum / hypotheses.length;
}

/** The largest count of an n-gram in one reference, and the largest in any other reference. */
interface Peak {
  largest: number;
  owner: number;
  second: number;
}

/** With the two largest counts, a story can be excluded from its own references. */
function peaks(stories: readonly Tokens[], references: ArrayLike<number>, n: number) {
  const table = new Map<string, Peak>();
  for (let k = 0; k < references.length; k++) {
    const owner = references[k];
    for (const [ngram, count] of countNgrams(stories[owner], n)) {
      const peak = table.get(ngram);
      if (!peak) table.set(ngram, { largest: count, owner, second: 0 });
      else if (count > peak.largest) {
        peak.second = peak.largest;
        peak.largest = count;
        peak.owner = owner;
      } else peak.second = Math.max(peak.second, count);
    }
  }
  return table;
}

function precision(tokens: Tokens, story: number, table: ReadonlyMap<string, Peak>, n: number) {
  let matches = 0;
  for (const [ngram, count] of countNgrams(tokens, n)) {
    const peak = table.get(ngram);
    if (peak) matches += Math.min(count, peak.owner === story ? peak.second : peak.largest);
  }
  return { matches, all: Math.max(1, tokens.length - n + 1) };
}

function brevity(stories: readonly Tokens[], story: number, references: ArrayLike<number>): number {
  const { length } = stories[story];
  let nearest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < references.length; k++) {
    if (references[k] === story) continue;
    const other = stories[references[k]].length;
    const nearer = Math.abs(other - length) - Math.abs(nearest - length);
    if (nearer < 0 || (nearer === 0 && other < nearest)) nearest = other;
  }
  return length > nearest ? 1 : Math.exp(1 - nearest / length);
}
