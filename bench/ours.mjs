// Ours: node bench/ours.mjs cpu|webgpu [augmented]
import { execFileSync } from 'node:child_process';
import { dawn } from '../tools/dawn.mjs';
import { openSession } from './engine.mjs';
import { serve } from './runner.mjs';

const [device, augmented] = process.argv.slice(2);

await serve(async () => {
  const gpu = device === 'webgpu' ? await dawn() : undefined;
  if (gpu?.missing) throw new Error(gpu.missing);
  const { session, report, relaxed } = await openSession(/** @type {'cpu' | 'webgpu'} */ (device), Boolean(augmented));
  const step = async () => {
    session.step();
    return (await session.losses()).losses[0];
  };
  return { version: `${revision()}${relaxed && !gpu ? ', relaxed SIMD' : ''}`, adapter: gpu ? report.adapter || gpu.adapter : undefined, step };
});

/** The commit, where there is a repository. */
function revision() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'packed';
  }
}
