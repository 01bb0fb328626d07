import type { View } from "./view";

/** A view that does not tell where its items come from: what a fit gets unless its regime says otherwise. */
export function withoutProvenance(view: View): View {
  const refuse = (): never => {
    throw new Error(
      'A fit sees no provenance, unless the plan of the regime says provenance: "visible".',
    );
  };
  return {
    schema: view.schema,
    length: view.length,
    gather: (indices) => view.gather(indices),
    range: (from, to) => view.range(from, to),
    weight: (i) => view.weight(i),
    provenance: refuse,
    counts: refuse,
  };
}
