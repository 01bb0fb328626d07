import { FAMILY_NAMES, type LanguageModelConfig } from "./config";
import { END_OF_TEXT } from "./packed";

/** Lines of a model's card about where it comes from: what it is, and what it is called by. */
export type CardLines = readonly (readonly [what: string, value: string])[];

/**
 * README.md of an exported model: what it is, what made it, and how to sample a story with transformers.
 * @param origin what made it, as a table, if it is known
 * @param settings the whole config that made it
 */
export function modelCard(
  { family, width, layers, heads, context }: LanguageModelConfig,
  origin: CardLines = [],
  settings?: unknown,
): string {
  return `---
library_name: transformers
pipeline_tag: text-generation
tags:
- collapse-lab
---

# ${FAMILY_NAMES[family]}, ${layers} × ${width}, ${heads} heads, context ${context}

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
${origin.length > 0 ? originSection(origin) : ""}${settings === undefined ? "" : settingsSection(settings)}`;
}

function originSection(origin: CardLines): string {
  const rows = origin.map(([what, value]) => `| ${what} | ${value.replaceAll("|", "\\|")} |`);
  return ["", "## What made it", "", "| | |", "| --- | --- |", ...rows, ""].join("\n");
}

function settingsSection(settings: unknown): string {
  return `\nConfig:\n\n\`\`\`json\n${JSON.stringify(settings, null, 2)}\n\`\`\`\n`;
}
