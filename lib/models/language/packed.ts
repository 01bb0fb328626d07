import { UserError } from "../../errors";

/**
 * Sequences concatenated without padding: N rows in total; those of sequence s are
 * offsets[s] … offsets[s+1]−1.
 */
export interface Packed {
  /** Last token that each row sees, [N]. */
  readonly inputs: Int32Array;
  /** Token that follows, [N]. */
  readonly targets: Int32Array;
  /** [sequences + 1], from 0 to N. */
  readonly offsets: Int32Array;
}

/** Id of `<|endoftext|>`, which begins and ends a story. */
export const END_OF_TEXT = 0;

/**
 * Stories as training sequences: each is preceded by `<|endoftext|>` and every token of it is
 * predicted. A story longer than the context is cut to its first `context` tokens.
 * @param stories tokens of each, with the final `<|endoftext|>` unless it was cut off
 * @throws UserError on an empty story or a token outside the vocabulary
 */
export function pack(
  stories: readonly ArrayLike<number>[],
  { vocabulary, context }: { readonly vocabulary: number; readonly context: number },
): Packed {
  const offsets = new Int32Array(stories.length + 1);
  stories.forEach((story, s) => {
    if (story.length === 0)
      throw new UserError(`Story ${s + 1} of a batch is empty: there is nothing to predict in it.`);
    offsets[s + 1] = offsets[s] + Math.min(story.length, context);
  });
  const inputs = new Int32Array(offsets[stories.length]);
  const targets = new Int32Array(offsets[stories.length]);
  stories.forEach((story, s) => {
    const from = offsets[s];
    const length = offsets[s + 1] - from;
    for (let i = 0; i < length; i++) {
      const token = story[i];
      if (!(token >= 0 && token < vocabulary))
        throw new UserError(
          `Token ${token} at position ${i} of story ${s + 1} of a batch is outside the vocabulary of ${vocabulary}. Was another tokenizer used for the data?`,
        );
      targets[from + i] = token;
      inputs[from + i] = i === 0 ? END_OF_TEXT : story[i - 1];
    }
  });
  return { inputs, targets, offsets };
}

/** Rows of each sequence. */
export function lengthsOf(offsets: Int32Array): Int32Array {
  return Int32Array.from({ length: offsets.length - 1 }, (_, s) => offsets[s + 1] - offsets[s]);
}

/** Position of each row in its sequence, from 0. */
export function positionsOf(offsets: Int32Array): Int32Array {
  const positions = new Int32Array(offsets[offsets.length - 1]);
  for (let s = 0; s + 1 < offsets.length; s++)
    for (let row = offsets[s]; row < offsets[s + 1]; row++) positions[row] = row - offsets[s];
  return positions;
}

/** Divides a packed batch into pieces of whole sequences, at most `rows` rows or one longer sequence each. */
export function divide(batch: Packed, rows: number): Packed[] {
  const { inputs, targets, offsets } = batch;
  const result: Packed[] = [];
  for (let first = 0; first + 1 < offsets.length; ) {
    let end = first + 1;
    while (end + 1 < offsets.length && offsets[end + 1] - offsets[first] <= rows) end++;
    const [from, to] = [offsets[first], offsets[end]];
    result.push({
      inputs: inputs.subarray(from, to),
      targets: targets.subarray(from, to),
      offsets: offsets.slice(first, end + 1).map((offset) => offset - from),
    });
    first = end;
  }
  return result;
}
