// Loads the engine as the library will, computes something, says which TensorFlow answered and
// writes its version to the file given as argument.
require("../lib/engine/removedFromNode.cjs");
const tf = require("@tensorflow/tfjs-node");

const [product] = tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync();
if (product !== 31) throw new Error(`2·5 + 3·7 came out as ${product}`);

// Figures and run records name the version; nothing else in the library's files does.
const version = /** @type {any} */ (tf.backend()).binding.TF_Version;
require("node:fs").writeFileSync(process.argv[2], `${version}\n`);
console.log(`TensorFlow ${version}`);
