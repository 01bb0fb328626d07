import type { Figure, Provenance } from "../../../figures/figure";
import { samples } from "../../../figures/samples";
import { regimeLabel } from "../../../figures/style";
import type { Row } from "../../experiment";
import { pictureOf } from "./pictureOf";
import type { Words } from "./words";

/** Pictures in a line of the published grids, and lines. */
const ACROSS = 12;
const WHOLE = ACROSS ** 2;
/** Widest picture of a grid, in pixels of the page. */
const LARGEST = 400;
/** Room for four of them. */
const WIDTH = 2000;

/** The regimes of Figures 6 and 15. */
const REGIMES = ["replace", "accumulate"];

interface Kind {
  /** As in the records. */
  readonly kind: "samples" | "reconstructions";
  readonly title: string;
  readonly alt: string;
}

const KINDS: readonly Kind[] = [
  {
    kind: "samples",
    title: "samples from the prior, the same z in every grid",
    alt: "images decoded from the same latent points",
  },
  {
    kind: "reconstructions",
    title: "reconstructions of the same test images",
    alt: "reconstructions of the same test images, and those images,",
  },
];

/**
 * Figures 6 and 15 in their published form: grids of 12 × 12 pictures of the last model under each regime
 * and of the one of real data, side by side. Only of records that have so many.
 */
export function wholeGrids(rows: readonly Row[], provenance: Provenance, words: Words): Figure[] {
  const whole = rows.filter((row) => row.count === WHOLE);
  return KINDS.flatMap(({ kind, title, alt }) => {
    const own = whole.filter((row) => row.kind === kind);
    const last = REGIMES.flatMap((regime) => lastOf(own.filter((row) => row.regime === regime)));
    const first = own.find((row) => row.iteration === 0);
    if (last.length === 0 || !first) return [];
    const original = kind === "samples" ? undefined : whole.find((row) => row.kind === "originals");
    const columns = [
      ...last.map((row) => ({ title: titleOf(row), row })),
      { title: "Iteration 0 (real data)", row: first },
      ...(original ? [{ title: "Test images", row: original }] : []),
    ];
    return samples({
      name: `${words.name}-${kind}-${ACROSS}x${ACROSS}`,
      title: `${words.title}: ${title}`,
      alt: `Grids of ${ACROSS} × ${ACROSS} ${alt} side by side: ${columns.map(({ title }) => title).join("; ")}.`,
      provenance: { ...provenance, seeds: [0] },
      columnTitles: columns.map(({ title }) => title),
      rows: [
        {
          title: kind === "samples" ? "Prior samples" : "Reconstructions",
          cells: columns.map(({ row }) => pictureOf(row, WHOLE, ACROSS)),
        },
      ],
      width: WIDTH,
      largest: LARGEST,
    });
  });
}

/** The row of the largest iteration from 1 on, if there is one. */
function lastOf(rows: readonly Row[]): Row[] {
  const later = rows.filter((row) => Number(row.iteration) > 0);
  return later.sort((a, b) => Number(a.iteration) - Number(b.iteration)).slice(-1);
}

const titleOf = ({ regime, iteration }: Row): string =>
  `${regimeLabel(String(regime))}, iteration ${iteration}`;
