// Ours and its peers at the same work, a step of each in turn, so that what else goes on falls on all alike.
//
//   node bench/bench.mjs [--rounds 7] [--warm 2] [--only cpu|webgpu|NAME]…
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { markdown } from './report.mjs';
import { BATCHES, FOLDER, WORK, prepare } from './work.mjs';

/** How far a loss may be from ours, relatively: the peers' views are rounded to bytes. */
const TOLERANCE = 0.002;
/** Milliseconds after which a step is given up. */
const PATIENCE = 300_000;

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {'cpu' | 'webgpu'} device
 * @property {string[]} command
 * @property {'plain' | 'views'} [work] what it trains on: pictures as they are, or ours' views; with none, it only draws these
 * @typedef {Program & { version?: string, adapter?: string, times: number[], losses: number[], failure?: string }} Result
 */

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, warm: { type: 'string', default: '2' }, only: { type: 'string', multiple: true } },
});
const [rounds, warm] = [Number(values.rounds), Number(values.warm)];
const here = (/** @type {string} */ file) => join(import.meta.dirname, file);
const script = (/** @type {string} */ file, /** @type {string[]} */ ...options) => [process.execPath, here(file), ...options];

/** Node 20 takes relaxed SIMD only when it is told to; later ones do so by themselves. */
const RELAXED = '--experimental-wasm-relaxed-simd';

/** @type {Program[]} */
const programs = [
  ...['cpu', 'webgpu'].flatMap((given) => {
    const device = /** @type {'cpu' | 'webgpu'} */ (given);
    const flagged = [process.execPath, RELAXED, ...script('ours.mjs', device).slice(1)];
    return /** @type {Program[]} */ ([
      { name: 'ours', device, command: script('ours.mjs', device), work: 'plain' },
      ...(device === 'cpu' && process.version.startsWith('v20.') ? [{ name: 'ours, with relaxed SIMD', device, command: flagged, work: 'plain' }] : []),
      { name: 'ours, with its augmentation', device, command: script('ours.mjs', device, 'augmented'), work: 'views' },
      { name: 'ours, its augmentation alone', device, command: script('ours.mjs', device, 'views') },
      { name: 'jax-js', device, command: script('jax_js.mjs', device), work: 'views' },
      { name: 'TensorFlow.js', device, command: script('tfjs.mjs', device), work: 'views' },
    ]);
  }),
  { name: 'PyTorch', device: 'cpu', command: [process.env.PYTHON || 'python3', here('torch_step.py'), FOLDER, JSON.stringify(WORK)], work: 'views' },
];

const chosen = programs.filter(({ name, device }) => !values.only || [name, device, `${device} ${name}`].some((word) => values.only?.includes(word)));
console.error('drawing the work');
const expected = await prepare();
/** @type {Result[]} */
const results = [];
// The CPU's by themselves, so that nobody's idle GPU polls beside them.
for (const device of /** @type {const} */ (['cpu', 'webgpu'])) results.push(...(await compete(chosen.filter((program) => program.device === device))));

const report = {
  date: new Date().toISOString().slice(0, 10),
  machine: { cpu: cpus()[0].model.trim(), cores: cpus().length, node: process.version, system: `${process.platform} ${process.arch}` },
  work: { ...WORK, encoder: 'article', loss: 'SimCLR', losses: expected.views },
  rounds,
  results: results.map(({ command: _, work: __, ...result }) => result),
};
writeFileSync(here('results.json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(here('RESULTS.md'), markdown(report));
console.log(markdown(report));
process.exit();

/** Opens all programs, and lets each make a step in turn. @param {Program[]} programs @returns {Promise<Result[]>} */
async function compete(programs) {
  const runs = [];
  // One after the other, for opening is work too.
  for (const program of programs) runs.push(await open(program));
  for (let round = 0; round < warm + rounds; round++) {
    for (const { result, next } of runs) {
      if (result.failure) continue;
      const { ms, loss } = await next('\n');
      if (result.failure) continue;
      if (result.losses.length < BATCHES) result.losses.push(loss);
      if (round >= warm) result.times.push(Math.round(ms * 10) / 10);
      console.error(`${result.device} ${result.name}: ${Math.round(ms)} ms, loss ${loss}`);
    }
  }
  for (const { result, close } of runs) {
    close();
    result.failure ??= otherWork(result);
  }
  return runs.map(({ result }) => result);
}

/** @param {Program} program */
async function open(program) {
  /** @type {Result} */
  const result = { ...program, times: [], losses: [] };
  const [command, ...options] = program.command;
  const threads = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(command, options, { env: { ...process.env, ...threads }, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  const lines = answers(createInterface({ input: child.stdout }));
  const started = new Promise((resolve) => child.on('error', () => resolve({ error: `${command} is not there` })));
  /** @param {string} [word] what is written before the line is waited for */
  const next = async (word = '') => {
    child.stdin.write(word);
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, { error: `a step takes more than ${PATIENCE / 1000} s` }).unref());
    const line = lines.next().then(({ value }) => value ?? { error: 'it ended by itself' });
    const answer = /** @type {any} */ (await Promise.race([line, started, late]));
    if (answer.error) fail(answer.error);
    return answer;
  };
  const close = () => child.kill('SIGKILL');
  const fail = (/** @type {string} */ reason) => {
    result.failure = reason.split('\n')[0];
    console.error(`${program.device} ${program.name}: ${result.failure}`);
    close();
  };
  const { version, adapter } = await next();
  return { result: Object.assign(result, { version, adapter }), next, close };
}

/** What a program answers, whatever else its libraries print. @param {AsyncIterable<string>} lines */
async function* answers(lines) {
  for await (const line of lines) if (line.startsWith('{')) yield JSON.parse(line);
}

/** Does a program something else than it should? @param {Result} result */
function otherWork({ losses, work }) {
  if (!work) return undefined;
  const wanted = expected[work];
  const apart = losses.findIndex((loss, at) => !(Math.abs(loss - wanted[at]) <= TOLERANCE * wanted[at]));
  return apart < 0 ? undefined : `its loss of step ${apart + 1} is ${losses[apart]}, and should be ${wanted[apart]}`;
}
