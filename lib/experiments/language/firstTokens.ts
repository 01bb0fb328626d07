/**
 * Beside the model's parameters: how often each token began a training story, float32 [V]. The
 * sampler's "first-token" start draws from it.
 */
export const FIRST_TOKENS = "first_tokens";
