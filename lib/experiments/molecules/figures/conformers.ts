import { UserError } from "../../../errors";
import type { ConformerTable } from "../../../figures/atoms";
import { conformersFigure } from "../../../figures/conformers";
import type { Figure, Provenance } from "../../../figures/figure";
import { scenesFigure } from "../../../figures/scenes";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../../metrics/row";
import { distinct, iterationsOf, rowsOf } from "../../select";
import { type Reference, referenceOf } from "../pictures";
import { type MoleculesPreset, readingsOf } from "../preset";

/** Columns of generated conformers at most. */
const COLUMNS = 5;

/**
 * A held-out molecule's real conformer and generated ones of every variant and regime over the
 * iterations, each superposed on the real one and at its own scale.
 * @param index which of the kept molecules, from 0
 */
export function conformerFigure(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
  index = 0,
): Figure {
  const { smiles, ...table } = conformerTable(rows, preset, index);
  return conformersFigure({
    ...table,
    name: `molecules-conformers${index === 0 ? "" : `-${index + 1}`}`,
    title: `A held-out molecule, real and generated: ${smiles}`,
    alt: `Conformers of ${smiles} as balls and sticks: the real one, and those that models of successive iterations generate, for every way of sampling and every regime.`,
    provenance: { ...provenance, seeds: [0] },
  });
}

export interface SceneOptions {
  /** Which of the kept molecules, from 0. @defaultValue 0 */
  readonly molecule?: number;
  /** Name of the variant. @defaultValue the last one */
  readonly variant?: string;
  /** Iterations shown. @defaultValue the first and the last */
  readonly iterations?: readonly number[];
}

/** The same in three dimensions, of one variant and few iterations, for a notebook. */
export function conformerScenes(
  rows: readonly Row[],
  preset: MoleculesPreset,
  provenance: Provenance,
  options: SceneOptions = {},
): Figure {
  const { molecule = 0, variant = readingsOf(preset).at(-1)?.name } = options;
  const own = rows.filter((row) => row.kind !== "conformer" || row.variant === variant);
  const last = Math.max(0, ...iterationsOf(own.filter((row) => row.kind === "conformer")));
  const { iterations = [0, last] } = options;
  const { smiles, ...table } = conformerTable(own, preset, molecule, iterations);
  return scenesFigure({
    ...table,
    name: `molecules-scenes-${variant}-${molecule + 1}`,
    title: `Turn them: ${smiles}`,
    alt: `Conformers of ${smiles} in three dimensions: the real one, and those that models of iterations ${iterations.join(", ")} generate under each regime.`,
    provenance: { ...provenance, seeds: [0] },
  });
}

function conformerTable(
  rows: readonly Row[],
  preset: MoleculesPreset,
  index: number,
  wanted?: readonly number[],
): ConformerTable & { readonly smiles: string } {
  const references = rows.filter((row) => row.kind === "reference").map(referenceOf);
  const reference: Reference | undefined = references[index];
  if (!reference)
    throw new UserError(
      `The records keep conformers of ${references.length} molecules, counted from 0; there is no number ${index}.`,
    );
  const own = rowsOf(rows, "conformer", readingsOf(preset)).filter(
    (row) => row.molecule === reference.molecule,
  );
  const iterations = wanted ?? spread(iterationsOf(own), COLUMNS);
  const labels = distinct(own, "label");
  const lines = labels.flatMap((label) => {
    const variant = own.filter((row) => row.label === label);
    return distinct(variant, "regime").map((regime) => ({
      title: labels.length > 1 ? `${regimeLabel(regime)}, ${label}` : regimeLabel(regime),
      generated: variant.filter((row) => row.regime === regime),
    }));
  });
  return {
    smiles: reference.smiles,
    columnTitles: ["Real", ...iterations.map((n) => (n === 0 ? "0 (real data)" : `${n}`))],
    rows: lines.map(({ title, generated }, i) => ({
      title,
      cells: [
        i === 0 ? reference.conformer : null,
        ...iterations.map((iteration) => {
          const found = generated.find((row) => row.iteration === iteration);
          return found ? reference.like(found) : null;
        }),
      ],
    })),
  };
}

/** At most `most` of ascending values, the first and the last among them. */
function spread(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from(
    { length: most },
    (_, k) => values[Math.round((k * (values.length - 1)) / (most - 1))],
  );
}
