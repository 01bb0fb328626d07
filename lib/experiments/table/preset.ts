import { type Preset, presetSpec } from "../preset";
import { type TableConfig, tableConfig } from "./config";

export const TablePreset = presetSpec(tableConfig, ["main"]);
export type TablePreset = Preset<TableConfig, "main">;
