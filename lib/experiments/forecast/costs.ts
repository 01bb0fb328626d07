/**
 * What a config costs, from the config alone: rough numbers, which say whether a preset takes hours
 * or months. Operations are floating-point multiplications and additions.
 */
export interface Costs {
  /** T, real training items; the most there can be where the data decide. */
  readonly trainItems: number;
  /** What an item is, in the plural: "images". */
  readonly items: string;
  /** What throughput counts, in the plural, and how many of them an item has on average. */
  readonly unit: string;
  readonly unitsPerItem: number;
  readonly batchSize: number;
  /** Optimiser steps of iteration n's fit on this many items. */
  steps(items: number, n: number): number;
  /** Operations per unit: forward and backward pass, and sampling. */
  readonly fitOperations: number;
  /** Operations of model n's learning curve, whatever it is trained on. @defaultValue none */
  curveOperations?(n: number): number;
  readonly sampleOperations: number;
  /**
   * Processor time that a fit, a block of samples, and all evaluations of a model take whatever their size,
   * in seconds: starting the engine and its threads. @defaultValue none
   */
  readonly fixedSeconds?: {
    readonly fit: number;
    readonly sample: number;
    readonly evaluation: number;
  };
  /** Operations of all evaluations of one model. */
  readonly evaluationOperations: number;
  readonly modelBytes: number;
  readonly itemBytes: number;
}

/** How fast one process is where nothing has been measured yet. */
export interface Reference {
  /** Operations per second of large networks. */
  readonly operationsPerSecond: number;
  /** What an optimiser step takes besides, which is most of a small network's time. */
  readonly secondsPerStep: number;
  /** Where the numbers come from, in words. */
  readonly basis: string;
}

/** Bytes of a float32 parameter. */
export const FLOAT = 4;

/** Operations of a fit on this many items. */
export function fitOperations(costs: Costs, items: number, n: number): number {
  const { batchSize, unitsPerItem } = costs;
  const trained = costs.steps(items, n) * Math.min(batchSize, items);
  return trained * unitsPerItem * costs.fitOperations + (costs.curveOperations?.(n) ?? 0);
}

/** Operations of sampling this many items. */
export function sampleOperations(costs: Costs, items: number): number {
  return items * costs.unitsPerItem * costs.sampleOperations;
}
