/** A solid of triangles: vertices x y z, and triangles, each of three vertex numbers from 0. */
export interface Mesh {
  readonly x: number[];
  readonly y: number[];
  readonly z: number[];
  readonly i: number[];
  readonly j: number[];
  readonly k: number[];
}

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/** The icosahedron of radius 1: twelve vertices, twenty triangles. */
const VERTICES = [
  ...[-1, 1].flatMap((a) => [-GOLDEN, GOLDEN].map((b) => [a, b, 0])),
  ...[-1, 1].flatMap((a) => [-GOLDEN, GOLDEN].map((b) => [0, a, b])),
  ...[-1, 1].flatMap((a) => [-GOLDEN, GOLDEN].map((b) => [b, 0, a])),
].map((vertex) => vertex.map((c) => c / Math.hypot(1, GOLDEN)));

const TRIANGLES = trianglesOf(VERTICES);

/**
 * A ball of each radius about each centre, as icosahedra in one mesh: markers of 3-D scatter plots are
 * not drawn by every software renderer, meshes are.
 * @param centres 3N coordinates
 */
export function balls(centres: readonly number[], radius: number): Mesh {
  const mesh: Mesh = { x: [], y: [], z: [], i: [], j: [], k: [] };
  for (let at = 0; at < centres.length; at += 3) {
    const first = mesh.x.length;
    for (const [x, y, z] of VERTICES) {
      mesh.x.push(hundredth(centres[at] + radius * x));
      mesh.y.push(hundredth(centres[at + 1] + radius * y));
      mesh.z.push(hundredth(centres[at + 2] + radius * z));
    }
    for (const [i, j, k] of TRIANGLES) {
      mesh.i.push(first + i);
      mesh.j.push(first + j);
      mesh.k.push(first + k);
    }
  }
  return mesh;
}

/** All triples of vertices that are one edge apart from each other, anticlockwise from outside. */
function trianglesOf(vertices: readonly (readonly number[])[]): [number, number, number][] {
  const edge = 2 / Math.hypot(1, GOLDEN);
  const near = (a: number, b: number) =>
    Math.abs(Math.hypot(...vertices[a].map((c, k) => c - vertices[b][k])) - edge) < 1e-9;
  const found: [number, number, number][] = [];
  for (let i = 0; i < vertices.length; i++)
    for (let j = i + 1; j < vertices.length; j++)
      for (let k = j + 1; k < vertices.length; k++)
        if (near(i, j) && near(j, k) && near(i, k))
          found.push(volume(vertices[i], vertices[j], vertices[k]) > 0 ? [i, j, k] : [i, k, j]);
  return found;
}

/** Six times the signed volume of the tetrahedron with the origin. */
function volume(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) +
    a[1] * (b[2] * c[0] - b[0] * c[2]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

const hundredth = (x: number): number => Math.round(100 * x) / 100;
