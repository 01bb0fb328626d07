/** One line for captions: "TinyStories V2 (100 / 20 stories; checksum not known beforehand)". */
export function describeStories(
  name: string,
  { train, validation }: { readonly train: number; readonly validation: number },
  notes: readonly string[] = [],
): string {
  return `${name} (${[`${grouped(train)} / ${grouped(validation)} stories`, ...notes].join("; ")})`;
}

export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
