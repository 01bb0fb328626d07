import { createHash } from "node:crypto";

/** A value JSON can carry. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * JSON with sorted keys and without undefined members, so that equal values give equal text.
 * Throws on NaN, infinities, functions and the like, which JSON would change silently.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string")
    return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be part of an address.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value as Record<string, unknown>)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(",")}}`;
  }
  throw new TypeError(`A ${typeof value} cannot be part of an address.`);
}

/** The address of a result: 128 bits of SHA-256 over everything that determines it. */
export function addressOf(identity: unknown): string {
  return createHash("sha256").update(canonical(identity)).digest("hex").slice(0, 32);
}
