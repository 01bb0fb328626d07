export { END_OF_TEXT, END_OF_TEXT_ID, MOST_TOKENS } from "./alphabet";
export { fromTokenizerJson, reorderedTokenizer, toTokenizerJson } from "./json";
export type { Merge } from "./merge";
export { Tokenizer } from "./tokenizer";
export { type BpeOptions, trainBpe, usefulVocabulary } from "./train";
