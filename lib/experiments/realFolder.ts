import type { RunStore } from "../store/runStore";

/**
 * Folder of the real data of a fit's chain.
 * @param fit address of the fit (`run` of its records)
 */
export function realFolder(store: RunStore, fit: string): string {
  const { real } = store.read("fit", fit).identity as { real: string };
  store.use("real", real);
  return store.folder("real", real);
}
