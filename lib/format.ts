/** A whole number with thousands separators: "2,119,719". */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A number and its noun: "1 layer", "8 layers", "2,000 stories" (with `plural` given). */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
