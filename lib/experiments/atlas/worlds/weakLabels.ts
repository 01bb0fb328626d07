import { parameter, type World } from "./world";

/**
 * Questions whose wrong answers are put before a weak labeller, who puts one right with the chance
 * `editShare`. The model is the answers. An item is one question of every replicate.
 */
export const weakLabels: World = {
  check: ({ data }) =>
    data.realShare === undefined
      ? "Weak labels need `realShare`, the share of right ones."
      : undefined,
  schema: ({ replicates }) => ({ wrong: { dtype: "uint8", shape: [replicates] } }),

  real({ trainItems, replicates, realShare = 0 }, streams) {
    const stream = streams.get("real");
    const data = Uint8Array.from({ length: trainItems * replicates }, () =>
      Number(stream.uniform() >= realShare),
    );
    return { length: trainItems, columns: { wrong: { data } } };
  },

  fit({ data: { replicates: R } }, view) {
    const answers = Float64Array.from(view.range(0, view.length).columns.wrong.data);
    return { answers: parameter(answers, view.length, R) };
  },

  sample({ sampling: { editShare } }, { answers }, count, streams) {
    const stream = streams.get("sampling");
    const data = Uint8Array.from(
      answers.data,
      (wrong) => wrong && Number(stream.uniform() >= editShare),
    );
    return { length: count, columns: { wrong: { data } } };
  },

  measures({ data: { replicates: R } }, { answers }) {
    const error = new Float64Array(R);
    const questions = answers.data.length / R;
    for (let i = 0; i < answers.data.length; i++) error[i % R] += answers.data[i] / questions;
    return { error };
  },
};
