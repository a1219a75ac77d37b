// The projection head, read from the weights that the page hands over: z is what it makes of h.
import { rowsOf } from './rows.js';

/** @typedef {{ weight: Float32Array, bias: Float32Array }} Linear `weight` is `[out, in]`, as PyTorch has it */

/** The layers of a safetensors file of weights. @param {ArrayBuffer} file @returns {Linear[]} */
export function headIn(file) {
  const length = Number(new DataView(file).getBigUint64(0, true));
  /** @type {Record<string, { data_offsets: [number, number] }>} */
  const tensors = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
  const numbers = (/** @type {string} */ name) => {
    const [from, to] = tensors[name].data_offsets.map((offset) => 8 + length + offset);
    return new Float32Array(file.slice(from, to));
  };
  const layers = Object.keys(tensors).flatMap((name) => /^head\.(\d+)\.weight$/.exec(name)?.[1] ?? []);
  return layers.sort((a, b) => Number(a) - Number(b)).map((layer) => ({ weight: numbers(`head.${layer}.weight`), bias: numbers(`head.${layer}.bias`) }));
}

/** h through the layers, with a ReLU between two; without any z is h. @param {Float32Array} h @param {number} columns of it @param {readonly Linear[]} head */
export function projected(h, columns, head) {
  let values = h;
  for (const [number, layer] of head.entries()) {
    values = linear(values, layer);
    if (number < head.length - 1) values = values.map((value) => Math.max(0, value));
  }
  return rowsOf(values, head.at(-1)?.bias.length ?? columns);
}

/** @param {Float32Array} inputs row by row @param {Linear} layer */
function linear(inputs, { weight, bias }) {
  const columns = weight.length / bias.length;
  const outputs = new Float32Array((inputs.length / columns) * bias.length);
  for (const at of outputs.keys()) {
    const [row, output] = [Math.floor(at / bias.length) * columns, at % bias.length];
    let sum = bias[output];
    for (let column = 0; column < columns; column++) sum += inputs[row + column] * weight[output * columns + column];
    outputs[at] = sum;
  }
  return outputs;
}
