import assert from "node:assert/strict";
import { test } from "node:test";
import { median, summariseMedian } from "../../lib/metrics/median";
import { Stream } from "../../lib/random/stream";

test("the median of 3 1 2 is 2, of 4 1 2 3 it is 2.5, of nothing NaN; the values stay in their order", () => {
  const values = [3, 1, 2];
  assert.equal(median(values), 2);
  assert.deepEqual(values, [3, 1, 2]);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(median([10, 9, 100]), 10);
  assert.ok(Number.isNaN(median([])));
});

test("the interval's ranks are the binomial ones: none below 6 values, 1 and 6 of 6, 40 and 61 of 100", () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const five = summariseMedian(upTo(5));
  assert.deepEqual([five.medianLow, five.medianHigh], [null, null]);
  const six = summariseMedian(upTo(6));
  assert.deepEqual([six.medianLow, six.medianHigh], [1, 6]);
  const hundred = summariseMedian(upTo(100));
  assert.deepEqual([hundred.medianLow, hundred.medianHigh], [40, 61]);
  // Beyond 2^-1074 the probabilities are added as logarithms.
  const many = summariseMedian(upTo(4000));
  assert.ok(Math.abs((many.medianLow as number) - (2000 - 0.98 * Math.sqrt(4000))) < 2);
});

test("the interval covers the median of a heavy-tailed law about 95 times in 100", () => {
  let covered = 0;
  const stream = new Stream(["median-coverage"]);
  for (let k = 0; k < 1000; k++) {
    // Cauchy: no mean, median 0.
    const values = Array.from({ length: 50 }, () => stream.normal() / stream.normal());
    const { medianLow, medianHigh } = summariseMedian(values);
    if ((medianLow as number) <= 0 && 0 <= (medianHigh as number)) covered++;
  }
  assert.ok(covered >= 935 && covered <= 985, `${covered}`);
});
