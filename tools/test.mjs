// Runs the layers of tests, fast ones first, and ends with counts of what ran.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cache } from './cache.mjs';

const native = { CARGO_TARGET_DIR: join(cache, 'target/native') };

/**
 * @typedef {{ name: string, command: string, env?: Record<string, string>, forbid?: RegExp, tell?: RegExp }} Layer
 * @type {Layer[]} `forbid`: output that means failure though the command succeeds; `tell`: what of it is told again in the end
 */
const layers = [
  { name: 'rustfmt', command: 'cargo fmt --all --check' },
  { name: 'clippy', command: 'cargo clippy --locked --workspace --all-targets -- -D warnings', env: native },
  { name: 'native tests', command: 'cargo test --locked --workspace', env: native },
  { name: 'page build', command: 'tools/build.sh', forbid: /warning: `contrastive-playground`/ },
  { name: 'types', command: 'npx tsc' },
  { name: 'JavaScript unit tests', command: 'node --test --test-reporter=tap tests/unit/*.test.mjs' },
  { name: 'device tests', command: 'tools/devices.sh', tell: /the device tests ran .*/ },
  { name: 'browser tests', command: 'npx playwright test --grep-invert @alone' },
  // What other tests do beside them is not the page's doing.
  { name: 'browser tests that measure', command: 'npx playwright test --grep @alone --workers 1' },
  { name: 'Firefox and WebKit', command: 'node --test --test-reporter=tap tests/browsers/*.test.mjs' },
];

/** @param {Layer} layer @returns {Promise<{ code: number, output: string }>} */
function run({ command, env }) {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
      from.on('data', (chunk) => {
        output += chunk;
        to.write(chunk);
      });
    }
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Sums what cargo, node and Playwright say of themselves. @param {string} output @param {RegExp[]} patterns */
function count(output, patterns) {
  return patterns.flatMap((pattern) => [...output.matchAll(pattern)]).reduce((sum, [, n]) => sum + Number(n), 0);
}

const total = { passed: 0, failed: 0 };
let broken = '';
const told = [];
for (const layer of layers) {
  const began = performance.now();
  console.log(`\n==> ${layer.name}`);
  const { code, output } = await run(layer);
  total.passed += count(output, [/^test result: .*?(\d+) passed/gm, /^# pass (\d+)/gm, /^\s+(\d+) passed \(/gm]);
  total.failed += count(output, [/^test result: .*?(\d+) failed/gm, /^# fail (\d+)/gm, /^\s+(\d+) failed$/gm]);
  console.log(`==> ${layer.name}: ${Math.round((performance.now() - began) / 1000)} s`);
  told.push(...(layer.tell?.exec(output) ?? []));
  if (code !== 0 || layer.forbid?.test(output)) {
    broken = layer.name;
    break;
  }
}
if (broken) {
  console.log(`\n${broken} failed; what comes after it did not run.`);
  total.failed = Math.max(1, total.failed);
}
for (const line of told) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(broken ? 1 : 0);
