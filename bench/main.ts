/** `npm run bench [-- part …]`: each part alone or all of them, one table, the machine named. */
import { cpus, loadavg, release, totalmem } from 'node:os';
import { boards } from './boards.ts';
import { checks } from './checks.ts';
import { failover } from './failover.ts';
import type { Part } from './figures.ts';
import { findings } from './findings.ts';
import { idle, labs, prepare } from './labs.ts';
import { page } from './page.ts';
import { terminal } from './terminal.ts';
import { warm } from './warm.ts';
import { witness } from './witness.ts';

const parts: Readonly<Record<string, Part>> = {
  page,
  labs,
  warm,
  terminal,
  findings,
  prepare,
  idle,
  witness,
  boards,
  failover,
  checks,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
console.log('| part | what | figure | beside |\n| --- | --- | --- | --- |');
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  for await (const { what, figure, beside = '' } of parts[name]?.() ?? [])
    console.log(`| ${name} | ${what} | ${figure} | ${beside} |`);
}
process.exit(0);
