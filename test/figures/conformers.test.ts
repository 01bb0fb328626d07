import assert from "node:assert/strict";
import { test } from "node:test";
import { validate } from "../../lib/export/validate";
import { type DrawnConformer, reach } from "../../lib/figures/atoms";
import { balls } from "../../lib/figures/ball";
import { conformersFigure } from "../../lib/figures/conformers";
import { scenesFigure } from "../../lib/figures/scenes";
import { PROVENANCE } from "./provenance";

test("a ball is a closed surface that faces outwards: 20 triangles, its edges shared by two, its volume positive", () => {
  const mesh = balls([1, 2, 3, -4, 0, 0], 0.5);
  assert.deepEqual([mesh.x.length, mesh.i.length], [24, 40]);
  mesh.x.forEach((x, v) => {
    const [cx, cy, cz] = v < 12 ? [1, 2, 3] : [-4, 0, 0];
    assert.ok(Math.abs(Math.hypot(x - cx, mesh.y[v] - cy, mesh.z[v] - cz) - 0.5) < 0.02);
  });
  const edges = new Map<string, number>();
  let volume = 0;
  mesh.i.forEach((i, t) => {
    const corners = [i, mesh.j[t], mesh.k[t]];
    for (const [a, b] of [0, 1, 2].map((k) => [corners[k], corners[(k + 1) % 3]]))
      edges.set(`${a} ${b}`, (edges.get(`${a} ${b}`) ?? 0) + 1);
    const [p, q, r] = corners.map((v) => [mesh.x[v], mesh.y[v], mesh.z[v]]);
    volume +=
      (p[0] * (q[1] * r[2] - q[2] * r[1]) +
        p[1] * (q[2] * r[0] - q[0] * r[2]) +
        p[2] * (q[0] * r[1] - q[1] * r[0])) /
      6;
  });
  // Every edge once in each direction.
  assert.equal(edges.size, 2 * 60);
  for (const edge of edges.keys()) assert.ok(edges.has(edge.split(" ").reverse().join(" ")));
  // The icosahedron of circumradius r has 2.536 r³.
  assert.ok(Math.abs(volume - 2 * 2.536 * 0.125) < 0.03, `${volume}`);
});

const WATER: DrawnConformer = {
  atomicNumbers: [8, 1, 1],
  bonds: [
    [0, 1],
    [0, 2],
  ],
  positions: [0, 0, 0.1, 0.76, 0.59, 0, -0.76, 0.59, 0.2],
};
const table = {
  ...{ name: "water", title: "Water", alt: "Water.", provenance: PROVENANCE },
  columnTitles: ["Real", "0", "1"],
  rows: [
    { title: "Replace", cells: [WATER, WATER, null] },
    { title: "Accumulate, over the whole schedule", cells: [null, WATER, WATER] },
  ],
};

test("a table of conformers: a panel for each, nearest atoms drawn last, each panel naming its width", () => {
  const figure = conformersFigure(table);
  validate(figure);
  assert.equal(figure.data.length, 2 * 4);
  const [, atoms] = figure.data as { x: number[]; marker: { color: string[]; size: number[] } }[];
  // Hydrogen 2 is nearest to the viewer, hydrogen 1 farthest.
  assert.deepEqual(atoms.x, [0.76, 0, -0.76]);
  assert.equal(new Set(atoms.marker.color).size, 2);
  const widths = (figure.layout.annotations ?? []).filter(({ text }) => text?.endsWith(" Å"));
  assert.deepEqual(
    widths.map(({ text }) => text),
    Array(4).fill(`${(2 * reach(WATER)).toFixed(0)} Å`),
  );
});

test("the same in three dimensions: a scene for each, with a mesh for each element", () => {
  const figure = scenesFigure(table);
  validate(figure);
  assert.deepEqual(
    Object.keys(figure.layout).filter((key) => key.startsWith("scene")),
    ["scene", "scene2", "scene3", "scene4"],
  );
  const types = figure.data.map((trace) => trace.type);
  assert.deepEqual(types.slice(0, 3), ["mesh3d", "mesh3d", "scatter3d"]);
  assert.equal(types.length, 12);
});

test("a lone atom has no bonds to draw", () => {
  const neon = { atomicNumbers: [10], bonds: [], positions: [0, 0, 0] };
  const lone = { ...table, columnTitles: ["Real"], rows: [{ title: "", cells: [neon] }] };
  for (const figure of [conformersFigure(lone), scenesFigure(lone)]) {
    validate(figure);
    assert.equal(figure.data.length, 1);
  }
});
