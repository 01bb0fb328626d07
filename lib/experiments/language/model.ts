import { languageModel } from "../../models/language/index";
import type { LanguageModel } from "../../models/language/model";
import { type LanguageConfig, modelConfig } from "./config";

/** The model that a config describes. */
export const modelOf = (config: LanguageConfig): LanguageModel =>
  languageModel(modelConfig(config), config.model.precision);
