import { formatCount } from "../../format";

/** "5 minutes", "3.2 hours", "41 days": two digits. */
export function timeText(hours: number): string {
  const two = (value: number) => formatCount(Number(value.toPrecision(2)));
  if (hours < 1) {
    const minutes = Math.max(1, Math.round(60 * hours));
    return `${minutes} minute${minutes === 1 ? "" : "s"}`;
  }
  return hours < 100 ? `${two(hours)} hours` : `${two(hours)} hours (${two(hours / 24)} days)`;
}
