import { logProbability } from "../../data/grammar/stories";

/**
 * KL divergence of the model from the grammar in nats a story, estimated on validation stories:
 * the mean of log p(story) − log q(story). The grammar's p is exact; the model's q is that of the
 * story as the tokenizer writes it, a part of what it gives the text, so the divergence of texts
 * is at most this.
 */
export function klPerStory(nats: ArrayLike<number>, texts: readonly string[]): number {
  const sum = texts.reduce((total, text, i) => total + nats[i] + logProbability(text), 0);
  return sum / texts.length;
}
