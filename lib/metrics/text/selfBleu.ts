import { UserError } from "../../errors";
import type { Stream } from "../../random/stream";
import type { Tokens } from "./ngrams";
import { countNgrams } from "./ngrams";

/** Orders of the n-grams: BLEU-4. */
const ORDERS = [1, 2, 3, 4];
/** Stands for the count of n-grams in common where there are none. */
const EPSILON = 0.1;

export interface SelfBleuOptions {
  /** Stories that are compared with the references. @defaultValue 500 */
  readonly hypotheses?: number;
  /** Stories that each of them is compared with. @defaultValue 500 */
  readonly references?: number;
}

/**
 * Self-BLEU-4 of a set: the mean BLEU of some stories against some others of the same set. 0 where
 * no two have a word in common, 1 where all are the same: the higher, the less varied.
 *
 * Hypotheses and references are drawn at random, apart from each other; a hypothesis that is also a
 * reference is not compared with itself. BLEU is that of Papineni et al. (2002): geometric mean of
 * the clipped precisions of orders 1 to 4 times the brevity penalty of the reference whose length
 * is nearest (the shorter of two). Smoothing: a precision without any match has 0.1 matches instead
 * (method 1 of Chen and Cherry, 2014); a story without a single token in common counts 0. It grows
 * with the number of references, so compare sets with the same options and sizes.
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
      `Self-BLEU compares stories with others: ${size} stories, ${references} references and ` +
        `${hypotheses} hypotheses are too few.`,
    );
  const compared = stream.at("hypotheses").subset(size, Math.min(size, hypotheses));
  const among = stream.at("references").subset(size, Math.min(size, references));
  return selfBleuOf(stories, compared, among);
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

/** The largest count of an n-gram in one reference, and the largest in any other one. */
interface Peak {
  most: number;
  owner: number;
  second: number;
}

/** Knowing the two largest counts, each story can be left out of its own references. */
function peaks(stories: readonly Tokens[], references: ArrayLike<number>, n: number) {
  const table = new Map<string, Peak>();
  for (let k = 0; k < references.length; k++) {
    const owner = references[k];
    for (const [ngram, count] of countNgrams(stories[owner], n)) {
      const peak = table.get(ngram);
      if (!peak) table.set(ngram, { most: count, owner, second: 0 });
      else if (count > peak.most) {
        peak.second = peak.most;
        peak.most = count;
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
    if (peak) matches += Math.min(count, peak.owner === story ? peak.second : peak.most);
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
