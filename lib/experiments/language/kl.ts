/**
 * KL divergence of the model from the grammar in nats per story, estimated on held-out stories: the
 * mean of log p(story) − log q(story). The grammar's p is exact. The model's q counts only the
 * tokenizer's own encoding of the text, so this is an upper bound for the divergence between texts.
 * @param nats −log q of each story
 * @param logs log p of each story
 */
export function klPerStory(nats: ArrayLike<number>, logs: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += nats[i] + logs[i];
  return sum / logs.length;
}
