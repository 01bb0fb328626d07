/** Counts what a reader skipped, by reason. */
export class SkipCounts {
  readonly #reasons = new Map<string, { count: number; first: string }>();

  /**
   * @param reason a few words, the same for all skipped items of a kind
   * @param where the item; the first one of each reason is named in the report
   */
  add(reason: string, where: string): void {
    const entry = this.#reasons.get(reason);
    if (entry) entry.count++;
    else this.#reasons.set(reason, { count: 1, first: where });
  }

  /** How many were skipped, for one reason or in all. */
  count(reason?: string): number {
    if (reason !== undefined) return this.#reasons.get(reason)?.count ?? 0;
    return [...this.#reasons.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** One line per reason: `12 left out: bonds differ from the SMILES (first: …)`. */
  toString(): string {
    return [...this.#reasons]
      .map(([reason, { count, first }]) => `${count} left out: ${reason} (first: ${first})`)
      .join("\n");
  }
}
