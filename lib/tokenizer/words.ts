const LETTER = 1;
const NUMBER = 2;
const SPACE = 3;
const OTHER = 4;

/** Kind of each code point; 0 = not classified yet. */
const kinds = new Uint8Array(0x110000);

/**
 * End of the word that starts at `start`, by GPT-2's pattern
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
 * Hand-written because it is 1.6 times as fast as the pattern, and because V8 runs out of stack when
 * the pattern meets some ten million letters beyond U+FFFF in a row; the tests compare the two.
 * `\s` is Unicode's White_Space, as in Hugging Face's library; it differs from JavaScript's `\s` in
 * U+0085 and U+FEFF. A lone surrogate is neither a letter, a number nor a space.
 */
export function wordEnd(text: string, start: number): number {
  let at = start;
  const first = text.charCodeAt(at);
  if (first === 0x27) {
    const length = contraction(text, at);
    if (length > 0) return at + length;
  } else if (first === 0x20 && at + 1 < text.length && kindAt(text, at + 1) !== SPACE) at++;
  const { length } = text;
  let unit = text.charCodeAt(at);
  const kind = isSurrogate(unit) ? kindOf(text.codePointAt(at)!) : kindOf(unit);
  // Each unit is read once: this loop sees every character of a data set.
  do {
    at += isSurrogate(unit) && text.codePointAt(at)! > 0xffff ? 2 : 1;
    if (at >= length) break;
    unit = text.charCodeAt(at);
  } while ((isSurrogate(unit) ? kindOf(text.codePointAt(at)!) : kindOf(unit)) === kind);
  // The last of several spaces belongs to the word after it.
  return kind === SPACE && at < text.length && at - start > 1 ? at - 1 : at;
}

/** Length of `'s`, `'re`, … at an apostrophe, else 0. */
function contraction(text: string, at: number): number {
  switch (text[at + 1]) {
    case "s":
    case "t":
    case "m":
    case "d":
      return 2;
    case "r":
    case "v":
      return text[at + 2] === "e" ? 3 : 0;
    case "l":
      return text[at + 2] === "l" ? 3 : 0;
    default:
      return 0;
  }
}

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return kindOf(isSurrogate(unit) ? text.codePointAt(at)! : unit);
}

const isSurrogate = (unit: number): boolean => (unit & 0xf800) === 0xd800;

const kindOf = (point: number): number => kinds[point] || classify(point);

function classify(point: number): number {
  const character = String.fromCodePoint(point);
  kinds[point] = /\p{L}/u.test(character)
    ? LETTER
    : /\p{N}/u.test(character)
      ? NUMBER
      : /\p{White_Space}/u.test(character)
        ? SPACE
        : OTHER;
  return kinds[point];
}
