import { z } from "zod";

/** A table of the user's own, by its content and by which of its columns are used. */
const ownTable = z.strictObject({
  /** Of the file's decompressed bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  target: z.string(),
  inputs: z.array(z.string()).min(1),
});

/** Linear regression on a table: its labels, and all that is assumed of them. */
export const tableConfig = z.strictObject({
  data: z.strictObject({
    dataset: z.literal("own"),
    own: ownTable,
    /** T, real training rows. */
    trainItems: z.int().positive(),
    testItems: z.int().min(2),
  }),
  model: z.strictObject({ family: z.literal("least-squares") }),
  /** Least squares has no settings, and neither have its samples and test errors. */
  training: z.strictObject({}),
  sampling: z.strictObject({}),
  evaluation: z.strictObject({}),
});
export type TableConfig = z.infer<typeof tableConfig>;

/** d: the inputs and the constant. */
export const dimensionOf = ({ data }: Pick<TableConfig, "data">): number =>
  data.own.inputs.length + 1;
