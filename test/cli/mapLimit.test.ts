import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { mapLimit } from "../../lib/cli/mapLimit";

/** Begins and ends of pieces of work that take so many milliseconds, in time order. */
async function timeline(durations: readonly number[], most: number, failing?: number) {
  const events: string[] = [];
  const outcome = mapLimit([...durations.keys()], most, async (item) => {
    events.push(`+${item}`);
    await sleep(durations[item]);
    events.push(`-${item}`);
    if (item === failing) throw new Error(`piece ${item}`);
  });
  const error = await outcome.then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  return { events, error };
}

test("work begins in order, the next when one has ended, never more at once than asked for", async () => {
  assert.deepEqual(await timeline([100, 10, 10], 2), {
    events: ["+0", "+1", "-1", "+2", "-2", "-0"],
    error: undefined,
  });
  for (const most of [1, 2, 3, 8]) {
    const { events } = await timeline([20, 5, 15, 1, 10], most);
    let running = 0;
    let highest = 0;
    for (const event of events) {
      running += event.startsWith("+") ? 1 : -1;
      highest = Math.max(highest, running);
    }
    assert.equal(highest, Math.min(most, 5));
    assert.equal(events.length, 10);
    assert.deepEqual(
      events.filter((event) => event.startsWith("+")),
      ["+0", "+1", "+2", "+3", "+4"],
    );
  }
});

test("after a failure nothing is begun, what is under way ends, and the failure is thrown", async () => {
  assert.deepEqual(await timeline([10, 60, 10, 10], 2, 0), {
    events: ["+0", "+1", "-0", "-1"],
    error: "piece 0",
  });
});

test("no items are no work", async () => {
  assert.deepEqual(await timeline([], 2), { events: [], error: undefined });
});
