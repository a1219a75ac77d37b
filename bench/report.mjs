// The bench's results as a page to read.

/**
 * @typedef {import('./bench.mjs').Result} Result
 * @typedef {object} Report
 * @property {string} date
 * @property {{ cpu: string, cores: number, node: string, system: string }} machine
 * @property {typeof import('./work.mjs').WORK & { losses: number[] }} work
 * @property {number} rounds
 * @property {Omit<Result, 'command'>[]} results
 */

/** Drivers that compute on the CPU. */
const SOFTWARE = /llvmpipe|swiftshader/i;

const TITLES = { cpu: 'CPU, one thread each', webgpu: 'WebGPU, under Node and Dawn' };

/** @param {Report} report */
export function markdown({ date, machine, work, rounds, results }) {
  const { pictures, side, temperature, losses } = work;
  return `# Milliseconds a step

Written by \`make bench\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}.

The article's encoder, SimCLR's loss at τ = ${temperature}, Adam, N = ${pictures} pictures of ${side} × ${side}: forward, backward and update, until the
loss is read and the weights are new. All begin with the same weights, and the peers get the views that ours has drawn: their first
losses are ours (${losses.map((loss) => loss.toFixed(3)).join(', ')}), or they are not in the table. A step of each in turn, ${rounds} times. The ratio is the program's
median over that of *ours*, so above 1 is slower than ours; of the augmentation alone it is the most that this costs.

${/** @type {const} */ (['cpu', 'webgpu']).map((device) => section(device, results.filter((result) => result.device === device))).join('\n')}`;
}

/** @param {'cpu' | 'webgpu'} device @param {Report['results']} results */
function section(device, results) {
  if (!results.length) return '';
  const adapter = results.find((result) => result.adapter)?.adapter;
  const ours = results.find(({ name, failure }) => name === 'ours' && !failure);
  const rows = results.map(({ name, version, times, failure }) =>
    failure || !times.length
      ? `| ${name} | ${version ?? ''} | ${failure ?? 'no step was timed'} | | |`
      : `| ${name} | ${version} | ${Math.round(median(times))} | ${Math.round(Math.min(...times))} – ${Math.round(Math.max(...times))} | ${ours ? (median(times) / median(ours.times)).toFixed(2) : ''} |`,
  );
  return `## ${TITLES[device]}
${adapter ? `\nAdapter: ${adapter}\n` : ''}${adapter && SOFTWARE.test(adapter) ? '\nThat is the CPU: on a real GPU nothing was measured.\n' : ''}
| | version | median | least – most | ratio |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
