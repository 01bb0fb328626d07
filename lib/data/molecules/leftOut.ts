/** What a reader left out, counted by reason. */
export class LeftOut {
  readonly #reasons = new Map<string, { count: number; first: string }>();

  /** @param reason a few words, the same for all of a kind; `first` of them is named in the report */
  add(reason: string, where: string): void {
    const entry = this.#reasons.get(reason);
    if (entry) entry.count++;
    else this.#reasons.set(reason, { count: 1, first: where });
  }

  /** How many, for one reason or for all. */
  count(reason?: string): number {
    if (reason !== undefined) return this.#reasons.get(reason)?.count ?? 0;
    return [...this.#reasons.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** `12 left out: bonds differ from the SMILES (first: …)`, one line a reason. */
  toString(): string {
    return [...this.#reasons]
      .map(([reason, { count, first }]) => `${count} left out: ${reason} (first: ${first})`)
      .join("\n");
  }
}
