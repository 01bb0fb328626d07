/** Text of the end-of-story token, as GPT-2 spells it. */
export const END_OF_TEXT = "<|endoftext|>";

/** Its id in every tokenizer of this project. */
export const END_OF_TEXT_ID = 0;

/** Maximum vocabulary size: ids are stored as uint16. */
export const MOST_TOKENS = 65_536;

/**
 * One printable character for each byte 0 … 255, as in GPT-2: printable Latin-1 bytes map to
 * themselves, the other 68 to U+0100 and up, in byte order (space = "Ġ").
 */
export const BYTE_CHARACTERS: readonly string[] = byteCharacters();

/**
 * The 256 bytes in the order of their ids 1 … 256, which is that of their characters' code points:
 * "!" … "~", 0xA1 … 0xFF without 0xAD, then 0x00 … 0x20, 0x7F … 0xA0, 0xAD. Hugging Face's trainer
 * assigns the same ids.
 */
export const BYTES_BY_ID: readonly number[] = BYTE_CHARACTERS.map((_, byte) => byte).sort(
  (a, b) => BYTE_CHARACTERS[a].charCodeAt(0) - BYTE_CHARACTERS[b].charCodeAt(0),
);

/** Tokens before the first merge: end of text and the 256 bytes. */
export const BASE_TOKENS: readonly string[] = [
  END_OF_TEXT,
  ...BYTES_BY_ID.map((byte) => BYTE_CHARACTERS[byte]),
];

const BYTE_OF = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

/** The bytes that a token spells, or null if it contains a character outside the byte alphabet. */
export function bytesOf(token: string): Uint8Array | null {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = BYTE_OF.get(token[i]);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(printable ? byte : next++);
  });
}
