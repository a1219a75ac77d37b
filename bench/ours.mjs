// Ours: node bench/ours.mjs cpu|webgpu [augmented|views], the last of which draws the views of a step and makes none
import { execFileSync } from 'node:child_process';
import { dawn } from '../tools/dawn.mjs';
import { openSession } from './engine.mjs';
import { serve } from './runner.mjs';
import { WORK } from './work.mjs';

const [device, what] = process.argv.slice(2);

await serve(async () => {
  const gpu = device === 'webgpu' ? await dawn() : undefined;
  if (gpu?.missing) throw new Error(gpu.missing);
  const { Session, session, report, relaxed } = await openSession(/** @type {'cpu' | 'webgpu'} */ (device), what === 'augmented');
  const step = async () => {
    session.step();
    return (await session.losses()).losses[0];
  };
  const pictures = Uint32Array.from({ length: WORK.pictures }, (_, at) => at);
  let drawn = 0;
  // With the pictures' way there and the views' way back, which a step has not: so a little more than it costs.
  const views = async () => (await session.preview(Session.preset('simClr'), pictures, WORK.seed, drawn++)).length;
  return { version: `${revision()}${relaxed && !gpu ? ', relaxed SIMD' : ''}`, adapter: gpu ? report.adapter || gpu.adapter : undefined, step: what === 'views' ? views : step };
});

/** The commit, where there is a repository. */
function revision() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'packed';
  }
}
