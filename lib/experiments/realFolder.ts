import type { RunStore } from "../store/runStore";

/** Folder of the real data that a generation's chain began with. */
export function realFolder(store: RunStore, generation: string): string {
  const { real } = store.read("generation", generation).identity as { real: string };
  store.read("real", real);
  return store.folder("real", real);
}
