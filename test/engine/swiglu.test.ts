import assert from "node:assert/strict";
import { test } from "node:test";
import { swiglu } from "../../lib/engine/fused/swiglu";
import { countLeaks } from "../../lib/engine/memory";
import { check, close, random, tf } from "./gradients";

test("SwiGLU: value, gradients and slopes of g · σ(g) · u", () => {
  check(swiglu, (gate, up) => gate.mul(tf.sigmoid(gate)).mul(up), [
    random("gate", 6, 5),
    random("up", 6, 5),
  ]);
});

test("SwiGLU of far gates: u · g where g is large, 0 where it is far below zero", () => {
  const gate = tf.tensor([100, -100, 0]);
  const up = tf.tensor([2, 2, 2]);
  close(swiglu.forward(gate, up).output, tf.tensor([200, 0, 0]), 1e-6, "value");
  const [dGate, dUp] = swiglu.backward(tf.ones([3]), [gate, up], []);
  close(dGate!, tf.tensor([2, 0, 1]), 1e-6, "gate");
  close(dUp!, tf.tensor([100, 0, 0]), 1e-6, "up");
});

test("SwiGLU leaks nothing", () => {
  const inputs = [random("gate", 6, 5), random("up", 6, 5)];
  const dOutput = random("dy", 6, 5);
  const change = countLeaks(() => {
    const { output } = swiglu.forward(...inputs);
    for (const tensor of [output, ...swiglu.backward(dOutput, inputs, [])]) tensor!.dispose();
  });
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});
