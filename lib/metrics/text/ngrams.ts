/** Token ids of one story, integers 0 … 65,535. */
export type Tokens = ArrayLike<number>;

/**
 * Encodes tokens as a string with one UTF-16 unit per token, so that n-grams are substrings, which a
 * Map counts quickly. It is a key, not a text.
 * @throws RangeError for a token that is not an integer 0 … 65,535
 */
export function tokenKey(tokens: Tokens): string {
  const pieces: string[] = [];
  for (let from = 0; from < tokens.length; from += 4096) {
    const part = new Array<number>(Math.min(4096, tokens.length - from));
    for (let i = 0; i < part.length; i++) {
      const token = tokens[from + i];
      if (!(Number.isInteger(token) && token >= 0 && token < 65536))
        throw new RangeError(`token ${from + i} is ${token}, not an integer 0 … 65,535`);
      part[i] = token;
    }
    pieces.push(String.fromCharCode(...part));
  }
  return pieces.join("");
}

/** The n-grams of a story in order, including repeats; none if it has fewer than n tokens. */
export function* ngrams(tokens: Tokens, n: number): Generator<string, void, undefined> {
  requireOrder(n);
  const key = tokenKey(tokens);
  for (let i = 0; i + n <= key.length; i++) yield key.slice(i, i + n);
}

/** Counts each n-gram of one story. */
export function countNgrams(tokens: Tokens, n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const ngram of ngrams(tokens, n)) counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  return counts;
}

function requireOrder(n: number): void {
  if (!(Number.isInteger(n) && n >= 1))
    throw new RangeError(`n must be a positive integer, not ${n}`);
}
