/** Something is missing that the reader can supply. The message is one sentence: what, and how. */
export class SetupFailure extends Error {}
