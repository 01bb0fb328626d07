/** OpenChemLib takes most of a second to load: only for those who build or check a molecule with it. */
export function loadOpenChemLib(): typeof import("openchemlib") {
  return require("openchemlib") as typeof import("openchemlib");
}
