import { FAMILY_NAMES, type LanguageModelConfig } from "./config";
import { END_OF_TEXT } from "./packed";

/** README.md of an exported model: what it is and how to sample a story with transformers. */
export function modelCard({ family, width, layers, heads, context }: LanguageModelConfig): string {
  return `# ${FAMILY_NAMES[family]}, ${layers} × ${width}, ${heads} heads, context ${context}

Trained by collapse-lab. A story starts and ends with \`<|endoftext|>\` (id ${END_OF_TEXT}); the tokenizer does
not add it. To sample a story:

\`\`\`python
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

folder = "."
model = AutoModelForCausalLM.from_pretrained(folder)
tokenizer = AutoTokenizer.from_pretrained(folder)
start = torch.tensor([[tokenizer.bos_token_id]])
story = model.generate(start, attention_mask=torch.ones_like(start))
print(tokenizer.decode(story[0], skip_special_tokens=True))
\`\`\`
`;
}
