export { distinctN } from "./distinct";
export { endedShare } from "./ended";
export { knownWords } from "./knownWords";
export { storyLength } from "./length";
export type { Tokens } from "./ngrams";
export { repetition } from "./repetition";
export { type SelfBleuOptions, selfBleu, selfBleuOf } from "./selfBleu";
export { type TailCoverage, type TailOptions, tailCoverage } from "./tailCoverage";
export { vocabularyOf, wordsOf } from "./words";
