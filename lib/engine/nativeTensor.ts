import { engine, type NativeTensor, type Tensor } from "./load";

/** TensorFlow's numbers for element types (`TF_DataType`). */
export const TYPE = { float32: 1, int32: 3, uint8: 4, int64: 9, bfloat16: 14 } as const;

/** Whether a tensor's elements are bfloat16. */
export const isBfloat16 = ({ dataId }: Tensor): boolean =>
  engine().backend.tensorMap.get(dataId).dtype === TYPE.bfloat16;

/**
 * The tensor of an operation's result. tfjs knows no bfloat16 and books such a tensor as float32; what
 * operations may do with it is decided by the native type, and its values can be read only after
 * `toFloat32`.
 */
export function tensorOf(native: NativeTensor): Tensor {
  const { tf, backend } = engine();
  if (native.dtype !== TYPE.bfloat16) return backend.createOutputTensor(native);
  const dataId = {};
  backend.tensorMap.set(dataId, { ...native, values: null, refCount: 1 });
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: native.shape, dtype: "float32" });
}
