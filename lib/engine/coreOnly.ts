import Module, { createRequire } from "node:module";

/** The parts of tfjs other than its core, and the names that each exports. */
export const CORE_ONLY_PARTS: Readonly<Record<string, readonly string[]>> = {
  "@tensorflow/tfjs-layers": [
    ...["Callback", "CallbackList", "EarlyStopping", "History", "InputSpec", "LayerVariable"],
    ...["LayersModel", "RNN", "Sequential", "SymbolicTensor", "callbacks", "constraints"],
    ...["initializers", "input", "layers", "loadLayersModel", "metrics", "model", "models"],
    ...["regularizers", "sequential"],
  ],
  "@tensorflow/tfjs-converter": [
    ...["GraphModel", "deregisterOp", "loadGraphModel", "loadGraphModelSync", "registerOp"],
  ],
  "@tensorflow/tfjs-data": [
    ...["CSVDataset", "Dataset", "FileDataSource", "TextLineDataset", "URLDataSource", "array"],
    ...["csv", "func", "generator", "microphone", "webcam", "zip"],
  ],
  // TensorFlow itself is the backend.
  "@tensorflow/tfjs-backend-cpu": [],
  "@tensorflow/tfjs-backend-webgl": [],
};

/**
 * What tfjs-node needs of the layers while it loads: it registers a progress bar for `Model.fit`,
 * which then has none.
 */
const AT_ONCE = { CustomCallback: class {}, registerCallbackConstructor: () => {} };

/**
 * Makes tfjs-node load only the core of tfjs in this process or thread, which saves every child and
 * every thread the memory and time of layers and browser backends. Another part loads when one of
 * its names is first used. Call this before the engine starts.
 */
export function loadCoreOnly(): void {
  const tfjs = requireOfTfjs();
  if (!tfjs) return;
  for (const [part, names] of Object.entries(CORE_ONLY_PARTS)) {
    const file = tfjs.resolve(part);
    if (tfjs.cache[file]) continue;
    const standIn = new Module(file);
    const load = () => {
      if (tfjs.cache[file] === standIn) delete tfjs.cache[file];
      return tfjs(file);
    };
    standIn.exports = { __esModule: true, ...AT_ONCE };
    for (const name of names)
      Object.defineProperty(standIn.exports, name, { enumerable: true, get: () => load()[name] });
    standIn.loaded = true;
    tfjs.cache[file] = standIn;
  }
}

/** The `require` of tfjs itself; undefined without tfjs, which the engine reports as an error. */
function requireOfTfjs(): NodeJS.Require | undefined {
  try {
    const node = createRequire(require.resolve("@tensorflow/tfjs-node"));
    return createRequire(node.resolve("@tensorflow/tfjs"));
  } catch {
    return undefined;
  }
}
