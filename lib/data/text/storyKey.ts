import { createHash } from "node:crypto";

let letters = Buffer.alloc(1 << 16);

/**
 * Equal for stories that differ only in case, punctuation and white space: 144 bits of the SHA-256 of
 * the story's letters and digits. A story without any is hashed whole.
 */
export function storyKey(story: string): string {
  if (letters.length < 4 * story.length) letters = Buffer.alloc(4 * story.length);
  let n = 0;
  for (let i = 0; i < story.length; i++) {
    const code = story.charCodeAt(i);
    if (code < 0x80) {
      if (isDigit(code) || isLower(code)) letters[n++] = code;
      else if (isLower(code | 0x20) && code >= 0x41) letters[n++] = code | 0x20;
    } else {
      const character = String.fromCodePoint(story.codePointAt(i) ?? 0);
      if (/[\p{L}\p{M}\p{N}]/u.test(character)) n += append(character.toLowerCase(), n);
      i += character.length - 1;
    }
  }
  if (n === 0) n = append(story, 0);
  return createHash("sha256").update(letters.subarray(0, n)).digest("base64").slice(0, 24);
}

function append(text: string, at: number): number {
  // Lowercasing may turn one character into several.
  if (letters.length - at < 4 * text.length) letters = Buffer.concat([letters, letters]);
  return letters.write(text, at);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
