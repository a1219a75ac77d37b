// Our own engine in Node: the modules as the page has them, the kernels with relaxed SIMD where this Node takes them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WORK } from './work.mjs';

const DIST = join(import.meta.dirname, '../dist');

/**
 * A run that has not made a step.
 * @param {'cpu' | 'webgpu'} device @param {boolean} augments
 */
export async function openSession(device, augments) {
  /** @type {typeof import('contrastive-playground')} */
  const { default: init, Session, useKernels } = await import(pathToFileURL(join(DIST, 'contrastive-playground.js')).href);
  const { memory } = await init({ module_or_path: await readFile(join(DIST, 'contrastive-playground_bg.wasm')) });
  const kernels = await readFile(join(DIST, 'app/relaxed.wasm'));
  const relaxed = WebAssembly.validate(kernels);
  if (relaxed) {
    const { instance } = await WebAssembly.instantiate(kernels, { env: { memory } });
    const { rows, sums } = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (instance.exports));
    useKernels(rows, sums);
  }
  const session = await Session.create(device);
  const report = session.device();
  if (report.kind !== device) throw new Error(report.cause ?? report.reason);
  const { pictures, side, ...settings } = WORK;
  session.useShapes(256, side, 1);
  const policy = Session.preset(augments ? 'simClr' : 'none');
  session.configure({ ...Session.defaultSettings(), ...settings, policy, batchSize: pictures, steps: 100_000 });
  return { Session, session, report, relaxed };
}
