// TensorFlow.js: node bench/tfjs.mjs cpu|webgpu. On the CPU by its WebAssembly backend.
import { dawn } from '../tools/dawn.mjs';
import { folder, load, version } from './peers.mjs';
import { serve } from './runner.mjs';
import { BATCHES, WORK, readWork } from './work.mjs';

const NAME = '@tensorflow/tfjs';

await serve(async () => {
  const gpu = process.argv[2] === 'webgpu' ? await dawn() : undefined;
  if (gpu?.missing) throw new Error(gpu.missing);
  const tf = await load(NAME);
  const backend = gpu ? 'webgpu' : 'wasm';
  const { setThreadsCount, setWasmPaths } = await load(`${NAME}-backend-${backend}`);
  if (!gpu) {
    setWasmPaths(`${folder(`${NAME}-backend-wasm`)}/dist/`);
    setThreadsCount(1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`its backend ${backend} does not open here`);
  return { version: version(NAME), adapter: gpu?.adapter, step: trainer(tf) };
});

/** A function that makes a step and gives its loss. @param {any} tf */
function trainer(tf) {
  const { weights, batches } = readWork();
  const { side, temperature, learningRate } = WORK;
  const views = 2 * WORK.pictures;
  const inputs = batches.map((batch) => tf.tensor4d(batch, [views, side, side, 3]));
  const partner = tf.tensor2d(Float32Array.from({ length: views ** 2 }, (_, at) => Number((Math.floor(at / views) + WORK.pictures) % views === at % views)), [views, views]);
  const self = tf.mul(tf.eye(views), 1e9);

  /** PyTorch's weights in the order that TensorFlow has them, inputs before outputs. @type {Record<string, any>} */
  const p = {};
  for (const [name, { shape, values }] of Object.entries(weights)) {
    const tensor = tf.tensor(values, shape);
    if (name === 'encoder.linear.weight') p[name] = tf.variable(channelsLast(tensor));
    else if (shape.length === 4) p[name] = tf.variable(tf.transpose(tensor, [2, 3, 1, 0]));
    else p[name] = tf.variable(shape.length === 2 ? tf.transpose(tensor) : tensor);
  }
  /** Its inputs are a map's pixels, of which the channels go first in PyTorch. @param {any} linear */
  function channelsLast(linear) {
    const [outputs, inputs] = linear.shape;
    const across = side / 4;
    return tf.reshape(tf.transpose(tf.reshape(linear, [outputs, -1, across, across]), [2, 3, 1, 0]), [inputs, outputs]);
  }

  const convolve = (/** @type {any} */ x, /** @type {string} */ name) =>
    tf.maxPool(tf.relu(tf.add(tf.conv2d(x, p[`${name}.weight`], 1, 'same'), p[`${name}.bias`])), 2, 2, 'valid');
  const linear = (/** @type {any} */ x, /** @type {string} */ name) => tf.add(tf.matMul(x, p[`${name}.weight`]), p[`${name}.bias`]);
  const loss = (/** @type {any} */ x) => {
    const maps = convolve(convolve(x, 'encoder.conv1'), 'encoder.conv2');
    const z = linear(tf.relu(linear(linear(tf.reshape(maps, [views, -1]), 'encoder.linear'), 'head.0')), 'head.2');
    const unit = tf.div(z, tf.norm(z, 2, 1, true));
    const similarities = tf.sub(tf.div(tf.matMul(unit, unit, false, true), temperature), self);
    return tf.div(tf.sum(tf.mul(tf.logSoftmax(similarities), partner)), -views);
  };
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  let steps = 0;
  return async () => {
    const value = adam.minimize(() => loss(inputs[steps++ % BATCHES]), true);
    const [found] = await value.data();
    value.dispose();
    // The loss is there before the weights are new.
    await p['head.2.bias'].data();
    return found;
  };
}
