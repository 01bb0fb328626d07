import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressOf, canonical } from "../../lib/store/address";

test("the address does not depend on the order of keys or on undefined members", () => {
  assert.equal(addressOf({ a: 1, b: [2, { c: 3 }] }), addressOf({ b: [2, { c: 3 }], a: 1 }));
  assert.equal(addressOf({ a: 1 }), addressOf({ a: 1, b: undefined }));
});

test("canonical text is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // JSON has one zero.
      const positive = JSON.parse(JSON.stringify(value));
      assert.deepEqual(JSON.parse(canonical(positive)), positive);
    }),
  );
});

test("any changed number, text or position changes the address", () => {
  const addresses = [{ a: 1 }, { a: 2 }, { a: "1" }, { b: 1 }, [1, 2], [2, 1], [[1], 2]].map(
    addressOf,
  );
  assert.equal(new Set(addresses).size, addresses.length);
});

test("values that JSON would change silently are refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n])
    assert.throws(() => addressOf({ value }), /cannot be part of an address/);
});
