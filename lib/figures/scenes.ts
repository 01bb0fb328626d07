import type { Data, Layout } from "plotly.js-dist";
import { atomColour, atomRadius, type DrawnConformer, reach } from "./atoms";
import { balls } from "./ball";
import { type ConformersOptions, cellGrid } from "./conformers";
import type { Figure } from "./figure";

/** Contexts that a browser gives one page: each scene takes one. */
export const MOST_SCENES = 8;

/**
 * The conformers of a table in three dimensions, each in a scene of its own that can be turned. For
 * few of them: a browser draws about {@link MOST_SCENES} scenes in one page.
 */
export function scenesFigure(options: ConformersOptions): Figure {
  const grid = cellGrid(options);
  const data: Data[] = [];
  const scenes: Record<string, unknown> = {};
  options.rows.forEach(({ cells }, row) => {
    cells.forEach((conformer, column) => {
      if (conformer === null) return;
      const count = Object.keys(scenes).length;
      const scene = `scene${count === 0 ? "" : count + 1}`;
      scenes[scene] = sceneOf(conformer, grid.across(column), grid.down(row));
      data.push(...solid(conformer, scene));
    });
  });
  const { name, alt, provenance } = options;
  const layout: Partial<Layout> = { ...grid.layout, ...scenes };
  return { name, data, layout, alt, provenance };
}

/** Of an orthographic scene it is the aspect that decides how much of its square a cube fills. */
const FILLING = { aspectmode: "manual", aspectratio: { x: 2.1, y: 2.1, z: 2.1 } };

function sceneOf(conformer: DrawnConformer, x: [number, number], y: [number, number]) {
  const half = reach(conformer);
  const axis = { visible: false, range: [-half, half], showspikes: false };
  return {
    domain: { x, y },
    ...{ xaxis: axis, yaxis: axis, zaxis: axis, ...FILLING },
    camera: {
      ...{ eye: { x: 0, y: 0, z: 1.7 }, up: { x: 0, y: 1, z: 0 } },
      projection: { type: "orthographic" },
    },
  };
}

/** One mesh for each element, and the bonds. */
function solid({ atomicNumbers, bonds, positions }: DrawnConformer, scene: string): Data[] {
  const common = { scene, showlegend: false, hoverinfo: "skip" };
  const at = (atom: number, axis: number) => Math.round(100 * positions[3 * atom + axis]) / 100;
  const ends = (axis: number) => bonds.flatMap(([i, j]) => [at(i, axis), at(j, axis), null]);
  const meshes = [...new Set(atomicNumbers)].map((element) => {
    const centres = [...atomicNumbers.keys()]
      .filter((atom) => atomicNumbers[atom] === element)
      .flatMap((atom) => [at(atom, 0), at(atom, 1), at(atom, 2)]);
    return {
      ...{ ...common, type: "mesh3d", name: `element ${element}` },
      ...balls(centres, atomRadius(element)),
      ...{ color: atomColour(element), flatshading: false },
      lighting: { ambient: 0.6, diffuse: 0.7, specular: 0.15, roughness: 0.6 },
    };
  });
  const sticks = {
    ...{ ...common, type: "scatter3d", name: "bonds", mode: "lines" },
    ...{ x: ends(0), y: ends(1), z: ends(2), line: { color: "#9a9a9a", width: 5 } },
  };
  return [...meshes, ...(bonds.length > 0 ? [sticks] : [])] as unknown as Data[];
}
