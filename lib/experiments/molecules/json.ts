/** A value as the bytes of a JSON file. */
export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
