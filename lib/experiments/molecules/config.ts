import { z } from "zod";
import { MOLECULE_SETS } from "../../data/molecules/index";
import { geoDiffConfig } from "../../models/geodiff/config";
import { samplerOptions } from "../../models/geodiff/samplerOptions";
import { scheduleConfig as noiseScheduleConfig } from "../../models/geodiff/schedule";
import { scheduleConfig } from "../../training/schedule";

const training = z.strictObject({
  /** Optimiser steps of a fit, whatever the size of the pool: every model is trained as long. */
  steps: z.int().positive(),
  /** Passes over the pool instead of `steps`: a fit then grows with its pool. */
  epochs: z.number().positive().optional(),
  /** Conformers of one step. */
  batch: z.int().positive().default(32),
  /** Parts into which a batch is divided, so that as many threads can share it. Default: 1. */
  shares: z.int().positive().optional(),
  /** Of Adam (β = 0.95, 0.999) at the first step. */
  learningRate: z.number().positive().default(1e-3),
  decay: scheduleConfig.prefault({ kind: "linear" }),
  /** Largest norm of the whole gradient; a longer one is scaled down to it. */
  clip: z.number().positive().default(30_000),
});

const evaluation = z.strictObject({
  /** Noise levels at which the test loss of each held-out conformer is taken; an even number. */
  levels: z.int().min(2).multipleOf(2).default(10),
  /** Held-out molecules for which conformers are sampled, twice as many as each has real ones. */
  molecules: z.int().positive(),
});

/** GeoDiff, its molecules, how it is trained and sampled; part of a generation's address. */
export const moleculesConfig = z
  .strictObject({
    dataset: z.enum(MOLECULE_SETS),
    /** Molecules to train on; T is the number of their conformers. */
    molecules: z.int().positive(),
    /** Conformers of each at most, the most probable first. */
    conformersPerMolecule: z.int().positive(),
    testMolecules: z.int().positive(),
    testConformers: z.int().positive(),
    /** Atoms of the largest molecule, hydrogens included; larger ones are left out. */
    maxAtoms: z.int().min(2),
    model: geoDiffConfig,
    schedule: noiseScheduleConfig,
    training,
    sampling: samplerOptions,
    evaluation,
  })
  .refine(({ schedule, sampling }) => sampling.steps <= schedule.steps, {
    error: "the sampler cannot take more steps than the schedule has noise levels",
    path: ["sampling", "steps"],
  })
  .refine(({ testMolecules, evaluation }) => evaluation.molecules <= testMolecules, {
    error: "there are fewer test molecules than that",
    path: ["evaluation", "molecules"],
  });

export type MoleculesConfig = z.infer<typeof moleculesConfig>;
export type TrainingConfig = MoleculesConfig["training"];
