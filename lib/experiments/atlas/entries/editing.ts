import { editedLatestErrors, editedRealErrors, editedTex } from "../../../theory/index";
import type { Curve, Entry, Run } from "./entry";

const T = 20;
const CASES = [
  { name: "latest-0.1", p: 0.1, edits: "latest", label: "latest labels edited, p = 0.1" },
  { name: "latest-1", p: 1, edits: "latest", label: "all labels redrawn (Replace)" },
  { name: "real-0.1", p: 0.1, edits: "real", label: "real labels edited afresh, p = 0.1" },
] as const;

/** ToEdit, in both readings. */
export const editing: Entry = {
  id: "editing",
  title: "Editing a few labels a round costs twice their share",
  claim:
    "Resampling a share p of the labels of the round before adds about p(2 − p) of one fit's error every round, without bound; editing the real labels afresh each round stays bounded",
  source: {
    paper:
      "ToEdit: Zhu et al., arXiv 2412.14689, whose bound 2v we quote; both laws derived, the first contradicts the bound for constant p",
    how: "derived",
  },
  formulas: () => editedTex,
  runs: ({ pick }) =>
    CASES.map(
      ({ name, p, edits }): Run => ({
        name,
        changes: {
          data: { dataset: "edited-labels", trainItems: T, replicates: pick(2000, 8000) },
          sampling: { editShare: p, edits },
        },
        regime: { kind: "replace" },
        iterations: pick(8, 12),
      }),
    ),
  curves: CASES.map(
    ({ name, p, edits, label }): Curve => ({
      id: name,
      run: name,
      label,
      measure: "squaredDrift",
      scale: () => T,
      exact: (_config, n) =>
        (edits === "latest" ? editedLatestErrors : editedRealErrors)({ T, p, n }),
      what: `${label}, T = ${T}: squared error over that of one fit`,
    }),
  ),
  figure: {
    y: "squared error ÷ that of one fit",
    log: true,
    baseline: { value: 1, name: "real labels alone" },
  },
};
