export { fixedDesignErrors, STEPS } from "./fixedDesign";
export { freshAccumulateErrors, freshReplaceErrors } from "./freshDesign";
export { literalErrors } from "./literal";
export type { Setting } from "./setting";
export { subsampleErrors } from "./subsample";
export { reasonForLiteral, wholeBlockErrors } from "./wholeBlocks";
