import type { Evaluation, EvaluationInput } from "./evaluation";
import type { Inputs } from "./inputs";

/** What an evaluation gets to read: what its address depends on, and no more. */
export function evaluationInput<C>(
  name: string,
  { of = "model", reads = [], needs = [] }: Evaluation<C>,
  inputs: Inputs,
): EvaluationInput {
  const allow = (allowed: boolean, what: string, how: string): void => {
    if (!allowed) throw new Error(`The evaluation "${name}" reads ${what}: it must say ${how}.`);
  };
  return {
    get weights() {
      allow(of === "model", "a model", 'of: "model"');
      return inputs.weights;
    },
    get test() {
      return inputs.test;
    },
    get real() {
      return inputs.real;
    },
    get block() {
      allow(reads.includes("block"), "the sampled block", 'reads: ["block"]');
      return inputs.block;
    },
    get view() {
      allow(reads.includes("training-set"), "the training set", 'reads: ["training-set"]');
      return inputs.view;
    },
    artefact(evaluation, file) {
      allow(needs.includes(evaluation), `artefacts of "${evaluation}"`, `needs: ["${evaluation}"]`);
      return inputs.artefact(evaluation, file);
    },
  };
}
