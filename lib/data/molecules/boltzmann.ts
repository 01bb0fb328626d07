/** kT at 298.15 K in kcal/mol. */
export const ROOM_KT = 0.0019872042586 * 298.15;

/** Boltzmann weights exp(−E/kT)/Σ at 298.15 K, from energies in kcal/mol with any common zero. */
export function boltzmannWeights(energies: readonly number[]): number[] {
  const lowest = Math.min(...energies);
  const factors = energies.map((energy) => Math.exp((lowest - energy) / ROOM_KT));
  const sum = factors.reduce((a, b) => a + b, 0);
  return factors.map((factor) => factor / sum);
}
