/** The paper's regimes as presets write them (`regime(spec)` reads them). */
export const replace = { kind: "replace" } as const;
export const accumulate = { kind: "accumulate" } as const;
export const replaceMultiple = { kind: "replace-multiple" } as const;
export const subsample = { kind: "accumulate-subsample" } as const;
