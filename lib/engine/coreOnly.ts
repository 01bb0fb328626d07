import Module, { createRequire } from "node:module";

/** What tfjs is made of beside its core, and the names that each part exports. */
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
  // Of no use beside TensorFlow's own.
  "@tensorflow/tfjs-backend-cpu": [],
  "@tensorflow/tfjs-backend-webgl": [],
};

/**
 * What tfjs-node wants of the layers while it loads: it registers a progress bar for `Model.fit`,
 * which goes without one then.
 */
const AT_ONCE = { CustomCallback: class {}, registerCallbackConstructor: () => {} };

/**
 * Makes tfjs-node load no more of tfjs than its core in this process or thread: memory and time
 * that every child and every thread would spend on layers and on backends for browsers. A part that
 * is left out loads when one of its names is first used. Call it before the engine.
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

/** As tfjs sees its parts; undefined without tfjs, which the engine reports in a sentence. */
function requireOfTfjs(): NodeJS.Require | undefined {
  try {
    const node = createRequire(require.resolve("@tensorflow/tfjs-node"));
    return createRequire(node.resolve("@tensorflow/tfjs"));
  } catch {
    return undefined;
  }
}
