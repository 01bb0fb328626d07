// Exports one model of each family and has Hugging Face's transformers compute the same loss.
//   PYTORCH=/path/to/python node --import tsx bench/transformers.ts [MODEL ...]
// with a Python that has torch and transformers. MODEL: a name of PAPER_MODELS.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engine } from "../lib/engine/load";
import { Parameters } from "../lib/engine/parameters";
import { suggestion, UserError } from "../lib/errors";
import { PAPER_MODELS } from "../lib/models/language/config";
import { exportHuggingFace } from "../lib/models/language/huggingFace";
import { languageModel } from "../lib/models/language/index";
import { pack } from "../lib/models/language/packed";
import { Stream } from "../lib/random/stream";

const LENGTHS = [1, 17, 250, 600];

const given = process.argv.slice(2);
const names = given.length > 0 ? given : ["gpt2-9m", "llama2-12m"];
for (const name of names)
  if (!Object.hasOwn(PAPER_MODELS, name))
    throw new UserError(
      `There is no model "${name}".${suggestion(name, Object.keys(PAPER_MODELS))}`,
    );

const root = mkdtempSync(join(tmpdir(), "transformers-"));
try {
  engine();
  const folders = names.map((name) => exported(name as keyof typeof PAPER_MODELS));
  const script = join(__dirname, "peers", "load_in_transformers.py");
  const python = process.env.PYTORCH ?? "python3";
  const { status, error } = spawnSync(python, [script, ...folders], { stdio: "inherit" });
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** A fresh model whose matrices are three times as large, so that its loss depends on all of it. */
function exported(name: keyof typeof PAPER_MODELS): string {
  const config = PAPER_MODELS[name];
  const model = languageModel(config);
  const stream = new Stream(["bench", "transformers", name]);
  const weights = model.initial(stream.at("initial"));
  for (const { shape, data } of Object.values(weights))
    if (shape.length === 2) for (let i = 0; i < data.length; i++) data[i] *= 3;
  const draw = stream.at("tokens");
  const sequences = LENGTHS.map((length) =>
    Array.from({ length }, () => draw.integer(config.vocabulary)),
  );
  const parameters = new Parameters(weights);
  const losses = model.losses(parameters.read(), pack(sequences, config));
  const loss = losses.reduce((a, b) => a + b, 0) / losses.length;
  parameters.dispose();
  const folder = join(root, name);
  exportHuggingFace(folder, config, weights);
  writeFileSync(join(folder, "loss.json"), JSON.stringify({ sequences, loss }));
  return folder;
}
