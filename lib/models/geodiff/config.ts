import { z } from "zod";

/** Shape of GeoDiff's network (Xu et al. 2022, "dualenc"). */
export const geoDiffConfig = z.strictObject({
  /** H, width of every hidden layer. */
  width: z.int().min(2).multipleOf(2),
  /** SchNet interactions of the global encoder. */
  interactions: z.int().positive(),
  /** GIN layers of the local encoder. */
  layers: z.int().positive(),
  /** Ångström within which two atoms that no short path of bonds joins see each other. */
  cutoff: z.number().positive(),
  /** Whether SchNet's messages fade with a cosine up to the cutoff (Drugs) or end there (QM9). */
  smooth: z.boolean(),
});

export type GeoDiffConfig = z.infer<typeof geoDiffConfig>;

/** The network that GeoDiff uses for GEOM-Drugs. */
export const PAPER_GEODIFF: GeoDiffConfig = {
  width: 128,
  interactions: 6,
  layers: 4,
  cutoff: 10,
  smooth: true,
};
