/**
 * KL divergence of the model from the grammar in nats a story, estimated on validation stories:
 * the mean of log p(story) − log q(story). The grammar's p is exact; the model's q is that of the
 * story as the tokenizer writes it, a part of what it gives the text, so the divergence of texts
 * is at most this.
 * @param nats −log q of each story
 * @param logs log p of each story
 */
export function klPerStory(nats: ArrayLike<number>, logs: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += nats[i] + logs[i];
  return sum / logs.length;
}
