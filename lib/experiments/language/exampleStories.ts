import { engine } from "../../engine/load";
import { Parameters } from "../../engine/parameters";
import type { Evaluation } from "../../loop/evaluation";
import { generate } from "../../models/language/generate";
import { Stream } from "../../random/stream";
import type { LanguageConfig } from "./config";
import { modelOf } from "./model";
import { withoutEnd } from "./stories";
import { readTokenizer } from "./tokenizer";

/** Artefact: the texts of a few sampled stories, a JSON list. */
export const EXAMPLES = "samples.json";
/** Number of stories in it. */
const COUNT = 4;

/** Independent of seed and generation: every model draws story i from the same random numbers. */
const FIXED = new Stream(["language", "samples"]);

/** A few stories that every model draws from the same random numbers, for comparison (Table 1). */
export const exampleStories: Evaluation<LanguageConfig> = {
  version: 1,
  sections: ["sampling"],
  async run(config, { weights, real }) {
    const { tf } = engine();
    const { temperature, topK, topP } = config.sampling;
    const parameters = new Parameters(weights);
    const values = parameters.read();
    try {
      const streams = Array.from({ length: COUNT }, (_, i) => FIXED.at(i));
      const model = modelOf(config);
      const stories = await generate(model, values, streams, { temperature, topK, topP });
      const tokenizer = readTokenizer(real);
      const texts = stories.map((story) => tokenizer.decode(withoutEnd(story)));
      return { metrics: {}, artefacts: { [EXAMPLES]: Buffer.from(JSON.stringify(texts)) } };
    } finally {
      tf.dispose(values);
      parameters.dispose();
    }
  },
};
