/**
 * Where every npm command begins. Plain JavaScript, because the Node that npm runs on may be too old for the rest:
 * sees to the dependencies, chooses a Node that runs TypeScript, and hands over to main.ts.
 */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { chooseNode } from './first/choose-node.mjs';
import { installDependencies } from './first/dependencies.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const help = process.argv.slice(3).some((word) => word === '--help' || word === '-h') && process.argv[2] !== 'lesson';

/** Runs main.ts to its end; resolves with the exit code. */
function handOver(node) {
  const child = spawn(node, [join(root, 'setup/main.ts'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/compile'),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to every process of its group: the child has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

try {
  // Help needs no packages where this Node will do.
  if (!help || chooseNode(root, process.version).trouble) await installDependencies(root);
  const { node, trouble } = chooseNode(root, process.version);
  if (trouble) throw new Error(trouble);
  process.exitCode = await handOver(node);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
