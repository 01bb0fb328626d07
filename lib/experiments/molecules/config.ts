import { z } from "zod";
import { MOLECULE_SETS } from "../../data/molecules/index";
import { geoDiffConfig } from "../../models/geodiff/config";
import { samplerOptions } from "../../models/geodiff/samplerOptions";
import { scheduleConfig as noiseScheduleConfig } from "../../models/geodiff/schedule";
import { scheduleConfig } from "../../training/schedule";

/** Molecules of the user's own, by their content: where they lie is not part of it. */
const ownMolecules = z.strictObject({
  /** Of the decompressed bytes; of several files, of their checksums. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Mean number of atoms, for estimates. */
  atoms: z.int().positive(),
});

const data = z.strictObject({
  dataset: z.enum([...MOLECULE_SETS, "own"]),
  /** With the data set "own", which molecules. */
  own: ownMolecules.optional(),
  /** Molecules to train on; T is the number of their conformers. */
  trainMolecules: z.int().positive(),
  /** Maximum number of conformers per training molecule, most probable first. */
  conformersPerMolecule: z.int().positive(),
  testMolecules: z.int().positive(),
  /** Maximum number of conformers per test molecule. */
  testConformers: z.int().positive(),
  /** Maximum number of atoms per molecule, hydrogens included; larger molecules are left out. */
  maxAtoms: z.int().min(2),
});

const model = geoDiffConfig.extend({
  family: z.literal("geodiff"),
  /** The noise levels that the model is trained on. */
  noiseSchedule: noiseScheduleConfig,
});

const training = z.strictObject({
  /** Optimiser steps per model, whatever the size of its training set. */
  steps: z.int().positive(),
  /** Passes over the training set instead of `steps`: training then grows with the pool. */
  epochs: z.number().positive().optional(),
  /** Conformers per step. */
  batchSize: z.int().positive().default(32),
  /** Of Adam (β = 0.95, 0.999) at step 0. */
  learningRate: z.number().positive().default(1e-3),
  schedule: scheduleConfig.prefault({ kind: "linear" }),
  /** Maximum global norm of the gradient. */
  clipNorm: z.number().positive().default(30_000),
  /** Pieces into which a batch is divided, so that as many threads can share it. Default: 1. */
  microBatches: z.int().positive().optional(),
});

const evaluation = z.strictObject({
  /** Noise levels at which the test loss is computed; an even number. */
  levels: z.int().min(2).multipleOf(2).default(10),
  /** Test molecules for which conformers are sampled, twice as many as each has real ones. */
  molecules: z.int().positive(),
});

/**
 * A model of molecular conformers, its data, how it is trained, sampled and evaluated.
 * @example moleculesConfig.parse({ …presetOf(molecules, "quick").task, training: { steps: 100 } })
 */
export const moleculesConfig = z
  .strictObject({ data, model, training, sampling: samplerOptions, evaluation })
  .refine(({ data }) => (data.dataset === "own") === (data.own !== undefined), {
    error: 'own describes the molecules of the data set "own", and of no other',
    path: ["data", "own"],
  })
  .refine(({ model, sampling }) => sampling.steps <= model.noiseSchedule.steps, {
    error: "the sampler cannot take more steps than model.noiseSchedule has noise levels",
    path: ["sampling", "steps"],
  })
  .refine(({ data, evaluation }) => evaluation.molecules <= data.testMolecules, {
    error: "must not exceed data.testMolecules",
    path: ["evaluation", "molecules"],
  });

export type MoleculesConfig = z.infer<typeof moleculesConfig>;
