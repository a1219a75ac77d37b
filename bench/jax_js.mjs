// jax-js: node bench/jax_js.mjs cpu|webgpu. Its arrays are used up by what they are given to; `.ref` keeps one.
import { dawn } from '../tools/dawn.mjs';
import { load, version } from './peers.mjs';
import { serve } from './runner.mjs';
import { BATCHES, WORK, readWork } from './work.mjs';

const NAME = '@jax-js/jax';
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

await serve(async () => {
  const gpu = process.argv[2] === 'webgpu' ? await dawn() : undefined;
  if (gpu?.missing) throw new Error(gpu.missing);
  const jax = await load(NAME);
  const device = gpu ? 'webgpu' : 'wasm';
  const devices = await jax.init(device);
  if (!devices.includes(device)) throw new Error(`it has no ${device} here`);
  jax.defaultDevice(device);
  return { version: version(NAME), adapter: gpu?.adapter, step: await trainer(jax) };
});

/** A function that makes a step and gives its loss. @param {any} jax */
async function trainer({ numpy: np, nn, lax, jit, tree, valueAndGrad, blockUntilReady }) {
  const { weights, batches } = readWork();
  const { side, temperature, learningRate } = WORK;
  const array = (/** @type {Float32Array} */ values, /** @type {number[]} */ shape) => np.array(values).reshape(shape);
  const views = 2 * WORK.pictures;
  const inputs = batches.map((batch) => array(batch, [views, side, side, 3]).transpose([0, 3, 1, 2]));
  await blockUntilReady(inputs.map(({ ref }) => ref));
  const partner = array(Float32Array.from({ length: views ** 2 }, (_, at) => Number((Math.floor(at / views) + WORK.pictures) % views === at % views)), [views, views]);
  const self = np.eye(views).mul(1e9);

  const halve = (/** @type {any} */ x) => lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
  const convolve = (/** @type {any} */ x, /** @type {any} */ w, /** @type {any} */ b) =>
    halve(nn.relu(lax.convGeneralDilated(x, w, [1, 1], 'SAME').add(b.reshape([-1, 1, 1]))));
  const linear = (/** @type {any} */ x, /** @type {any} */ w, /** @type {any} */ b) => np.dot(x, w.transpose()).add(b);
  const loss = (/** @type {any} */ p, /** @type {any} */ x, /** @type {any} */ partner, /** @type {any} */ self) => {
    const maps = convolve(convolve(x, p['encoder.conv1.weight'], p['encoder.conv1.bias']), p['encoder.conv2.weight'], p['encoder.conv2.bias']);
    const h = linear(maps.reshape([views, -1]), p['encoder.linear.weight'], p['encoder.linear.bias']);
    const z = linear(nn.relu(linear(h, p['head.0.weight'], p['head.0.bias'])), p['head.2.weight'], p['head.2.bias']);
    const unit = z.ref.div(np.sqrt(z.ref.mul(z).sum(1, { keepdims: true })));
    const similarities = np.dot(unit.ref, unit.transpose()).div(temperature).sub(self);
    return nn.logSoftmax(similarities).mul(partner).sum().div(-views);
  };

  /** One step of Adam, all of it compiled at once. */
  const update = jit((/** @type {any} */ { p, m, v }, /** @type {any} */ x, /** @type {any} */ rate, /** @type {any} */ partner, /** @type {any} */ self) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(p), x, partner, self);
    /** @type {any} */ const next = { p: {}, m: {}, v: {} };
    for (const [name, g] of Object.entries(gradients)) {
      const mean = m[name].mul(BETA1).add(g.ref.mul(1 - BETA1));
      const square = v[name].mul(BETA2).add(g.ref.mul(g).mul(1 - BETA2));
      next.m[name] = mean.ref;
      next.v[name] = square.ref;
      next.p[name] = p[name].sub(mean.mul(rate.ref.slice(0)).div(np.sqrt(square.mul(rate.ref.slice(1))).add(EPSILON)));
    }
    rate.dispose();
    return [value, next];
  });

  const zeros = () => Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, np.zeros(shape)]));
  let state = { p: Object.fromEntries(Object.entries(weights).map(([name, { values, shape }]) => [name, array(values, shape)])), m: zeros(), v: zeros() };
  let steps = 0;
  return async () => {
    const x = inputs[steps % BATCHES].ref;
    steps++;
    // What makes up for the averages' beginning at zero.
    const rate = np.array([learningRate / (1 - BETA1 ** steps), 1 / (1 - BETA2 ** steps)]);
    const [value, next] = update(state, x, rate, partner.ref, self.ref);
    state = next;
    const found = await value.jsAsync();
    await blockUntilReady(state);
    return found;
  };
}
