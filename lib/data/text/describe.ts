import { formatCount } from "../../format";

/** One line for captions: "TinyStories V2 (100 / 20 stories; 3 empty stories skipped)". */
export function describeStories(
  name: string,
  { train, validation }: { readonly train: number; readonly validation: number },
  notes: readonly string[] = [],
): string {
  return `${name} (${[`${formatCount(train)} / ${formatCount(validation)} stories`, ...notes].join("; ")})`;
}
