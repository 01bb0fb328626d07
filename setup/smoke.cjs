// Loads the engine as the library will, computes something, and says which TensorFlow answered.
const tf = require("@tensorflow/tfjs-node");

const [product] = tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync();
if (product !== 31) throw new Error(`2·5 + 3·7 came out as ${product}`);
console.log(`TensorFlow ${tf.backend().binding.TF_Version}`);
