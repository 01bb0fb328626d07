import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A value JSON can carry. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785): sorted keys and no undefined members, so that equal values give equal text.
 * @throws TypeError on what JSON would change silently: NaN, infinities, functions, dates, undefined
 * in an array
 */
export function canonical(value: unknown): string {
  requireJson(value, []);
  return canonicalize(value) as string;
}

/** The address of a result: 128 bits of SHA-256 over everything that determines it. */
export function addressOf(identity: unknown): string {
  return sha256Of(identity).slice(0, 32);
}

/** SHA-256 of a value's canonical JSON, in hexadecimal digits. */
export function sha256Of(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

/** The library drops or converts what it does not know; here that is an error. */
function requireJson(value: unknown, above: readonly unknown[]): void {
  if (value === null || typeof value === "boolean" || typeof value === "string") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value !== "object")
    throw unfit(typeof value === "number" ? `${value}` : `A value of type ${typeof value}`);
  if (above.includes(value)) throw unfit("An object that contains itself");
  const inside = [...above, value];
  if (Array.isArray(value)) {
    for (const member of value) requireJson(member, inside);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm (a notebook cell's) have an Object.prototype of their own.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw unfit(`An instance of ${prototype.constructor?.name ?? "a class"}`);
  for (const member of Object.values(value)) if (member !== undefined) requireJson(member, inside);
}

function unfit(what: string): TypeError {
  return new TypeError(`${what} cannot be part of an address.`);
}
