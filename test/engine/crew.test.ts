import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../lib/engine/load";
import { Crew } from "../../lib/engine/team/crew";
import { UserError } from "../../lib/errors";
import { squaresService } from "../support/squaresService";

engine({ threads: 1 });

const WEIGHTS = { w: { shape: [3], data: Float32Array.of(1, 2, 3) } };
const crewOf = (threads: number, service = squaresService) =>
  new Crew(service, { scale: 2 }, WEIGHTS, threads);

test("Every question gets its own answer, more questions than threads too: Σ (2 wᵢ x)² = 56 x²", async () => {
  const crew = crewOf(2);
  const answers = await Promise.all([1, 2, 3, 4, 5].map((x) => crew.ask(x)));
  assert.deepEqual(answers, [56, 224, 504, 896, 1400]);
  crew.dispose();
});

test("While it works a thread tells how much is done, now and then", async () => {
  const crew = crewOf(1);
  const told: number[] = [];
  assert.equal(await crew.ask(0, (done) => void told.push(done)), 0);
  crew.dispose();
  assert.ok(told.length >= 1 && told.length <= 5, told.join(" "));
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
});

test("An error reaches the one who asked, as it was; the others get their answers", async () => {
  const crew = crewOf(1);
  const [refused, answered] = await Promise.allSettled([crew.ask(13), crew.ask(1)]);
  assert.ok(refused.status === "rejected" && refused.reason instanceof UserError);
  assert.equal(refused.reason.message, "Thirteen is not answered.");
  assert.deepEqual(answered, { status: "fulfilled", value: 56 });
  crew.dispose();
});

test("A service that its module does not export is an error, not a wait", async () => {
  const crew = crewOf(1, { ...squaresService, name: "absent" });
  await assert.rejects(crew.ask(1));
  crew.dispose();
});

test("A thread that ends by itself fails what was asked, instead of leaving it waiting", async () => {
  const crew = crewOf(1);
  await Promise.all([-1, 1].map((x) => assert.rejects(crew.ask(x), /ended by itself \(code 3\)/)));
});

test("Disposing fails what was asked, with the reason, and what is asked afterwards", async () => {
  const crew = crewOf(1);
  const asked = [crew.ask(0), crew.ask(1)];
  crew.dispose(new UserError("Enough."));
  for (const one of [...asked, crew.ask(2)]) await assert.rejects(one, /Enough/);
});
