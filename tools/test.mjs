// Runs the layers of tests, fast ones first, and ends with counts of what ran.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cache } from './cache.mjs';

const native = { CARGO_TARGET_DIR: join(cache, 'target/native') };

/**
 * @typedef {{ name: string, command: string, env?: Record<string, string>, forbid?: RegExp, tell?: RegExp }} Layer
 * `forbid`: output that means failure though the command succeeds; `tell`: what of it is told again in the end
 * @type {Layer[][][]} One stage after the other; in a stage lanes go on side by side, each layer by layer. What links or
 *   waits on one core leaves the other to its neighbour.
 */
const stages = [
  [
    [
      { name: 'rustfmt', command: 'cargo fmt --all --check' },
      { name: 'clippy', command: 'cargo clippy --locked --workspace --all-targets -- -D warnings', env: native },
      { name: 'native tests', command: 'cargo test --locked --workspace', env: native },
    ],
    [
      { name: 'page build', command: 'tools/build.sh', forbid: /warning: `contrastive-playground`/ },
      { name: 'types', command: 'npx tsc' },
      { name: 'JavaScript unit tests', command: 'node --test --test-reporter=tap tests/unit/*.test.mjs' },
    ],
  ],
  [
    [{ name: 'device tests', command: 'tools/devices.sh', tell: /the device tests ran .*/ }],
    [{ name: 'Firefox and WebKit', command: 'node --test --test-reporter=tap tests/browsers/*.test.mjs' }],
  ],
  [[{ name: 'browser tests', command: 'npx playwright test --grep-invert @alone' }]],
  // What other tests do beside them is not the page's doing.
  [[{ name: 'browser tests that measure', command: 'npx playwright test --grep @alone --workers 1' }]],
];

/** @typedef {{ layer: string, ok: boolean, output: string, tell: string[] }} Result */

/** Runs a layer; `loud`, what it says is heard at once, and otherwise when it has ended. @param {Layer} layer @param {boolean} loud @returns {Promise<Result>} */
function run({ name, command, env, forbid, tell }, loud) {
  const began = performance.now();
  if (loud) console.log(`\n==> ${name}`);
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
      from.on('data', (chunk) => {
        output += chunk;
        if (loud) to.write(chunk);
      });
    }
    child.on('close', (code) => {
      if (!loud) process.stdout.write(`\n==> ${name}\n${output}`);
      console.log(`==> ${name}: ${Math.round((performance.now() - began) / 1000)} s`);
      resolve({ layer: name, ok: code === 0 && !forbid?.test(output), output, tell: [...(tell?.exec(output) ?? [])] });
    });
  });
}

/** Runs its layers until one fails. @param {Layer[]} layers @param {number} lane */
async function runLane(layers, lane) {
  /** @type {Result[]} */
  const results = [];
  for (const layer of layers) {
    results.push(await run(layer, lane === 0));
    if (!results.at(-1)?.ok) break;
  }
  return results;
}

/** Sums what cargo, node and Playwright say of themselves. @param {string} output @param {RegExp[]} patterns */
function count(output, patterns) {
  return patterns.flatMap((pattern) => [...output.matchAll(pattern)]).reduce((sum, [, n]) => sum + Number(n), 0);
}

/** @type {Result[]} */
const results = [];
for (const lanes of stages) {
  results.push(...(await Promise.all(lanes.map(runLane))).flat());
  if (results.some(({ ok }) => !ok)) break;
}
const all = results.map(({ output }) => output).join('\n');
const broken = results.filter(({ ok }) => !ok).map(({ layer }) => layer);
const passed = count(all, [/^test result: .*?(\d+) passed/gm, /^# pass (\d+)/gm, /^\s+(\d+) passed \(/gm]);
const failed = count(all, [/^test result: .*?(\d+) failed/gm, /^# fail (\d+)/gm, /^\s+(\d+) failed$/gm]);
if (broken.length) console.log(`\n${broken.join(' and ')} failed; what comes after did not run.`);
for (const { tell } of results) for (const line of tell) console.log(line);
console.log(`${passed} passed, ${broken.length ? Math.max(1, failed) : failed} failed`);
process.exit(broken.length ? 1 : 0);
