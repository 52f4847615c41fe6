import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from './lives.ts';
import { startServer } from './servers.ts';

// Two machines (network namespaces with addresses of their own) and one PostgreSQL. One syncs; its cable is pulled in
// the middle; the other gets the lease by time and goes on; the cable is put back. Nothing is lost or there twice.
const machine = fileURLToPath(new URL('children/machine.ts', import.meta.url));
const tag = `bd${process.pid % 10_000}`;
const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });
const names = ['a', 'b'] as const;
const subnet = (n: number): string => `10.${200 + (process.pid % 50)}.${n}`;

function makeNamespaces(): void {
  for (const [n, name] of names.entries()) {
    const [space, ours, theirs] = [`${tag}${name}`, `${tag}${name}0`, `${tag}${name}1`];
    ip('netns', 'add', space);
    ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', space);
    ip('addr', 'add', `${subnet(n)}.1/24`, 'dev', ours);
    ip('link', 'set', ours, 'up');
    ip('-n', space, 'addr', 'add', `${subnet(n)}.2/24`, 'dev', theirs);
    ip('-n', space, 'link', 'set', theirs, 'up');
    ip('-n', space, 'link', 'set', 'lo', 'up');
  }
}
function removeNamespaces(): void {
  for (const name of names) {
    try {
      ip('netns', 'del', `${tag}${name}`);
    } catch {
      // It was never made.
    }
  }
}

type Machine = {
  readonly child: ChildProcess;
  readonly said: string[];
  readonly until: (fits: (line: string) => boolean) => Promise<number>;
};

function start(name: 'a' | 'b', where: string): Machine {
  const child = spawn('ip', ['netns', 'exec', `${tag}${name}`, process.execPath, machine, where, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines);
  });
  const until = async (fits: (line: string) => boolean): Promise<number> => {
    const from = said.length;
    const began = performance.now();
    while (!said.slice(from).some(fits)) {
      if (performance.now() - began > 120_000) throw new Error(`machine ${name} said only ${said.slice(-5).join(' ')}`);
      await pause(20);
    }
    return performance.now() - began;
  };
  return { child, said, until };
}
const isNumber = (line: string): boolean => /^\d+$/.test(line);
const confirmed = ({ said }: Machine): number[] => said.filter(isNumber).map(Number);

try {
  makeNamespaces();
} catch (error) {
  removeNamespaces();
  console.log(
    `skipped: network namespaces cannot be made here (${error instanceof Error ? error.message.split('\n')[0] : ''})`,
  );
  process.exit(0);
}
const hba = `host all all ${subnet(0)}.0/24 scram-sha-256\nhost all all ${subnet(1)}.0/24 scram-sha-256`;
const server = await startServer({ listen: '*', hba });
const whereOf = (n: number): string =>
  `${server.url.replace('127.0.0.1', `${subnet(n)}.1`)}?schema=machines&sslmode=disable`;
const here = `${server.url}?schema=machines`;
const machines: Machine[] = [];
try {
  const a = start('a', whereOf(0));
  machines.push(a);
  await a.until((line) => line === 'held');
  const b = start('b', whereOf(1));
  machines.push(b);
  await a.until(isNumber);
  for (let round = 1; round <= 2; round += 1) {
    const [holder, other] = round === 1 ? [a, b] : [b, a];
    const link = `${tag}${round === 1 ? 'a' : 'b'}0`;
    await holder.until(isNumber);
    ip('link', 'set', link, 'down');
    const [lost, taken] = await Promise.all([
      holder.until((line) => line === 'lost'),
      other.until((line) => line === 'held'),
    ]);
    console.log(
      `cable pulled: the holder stopped after ${(lost / 1_000).toFixed(1)} s, the other had the lease after ${(taken / 1_000).toFixed(1)} s`,
    );
    if (lost > taken) throw new Error('both had the lease at once');
    await other.until(isNumber);
    ip('link', 'set', link, 'up');
    await other.until(isNumber);
  }
  for (const { child } of [a, b]) child.kill('SIGKILL');
  execFileSync('ip', ['netns', 'pids', `${tag}a`]);
  await pause(500);
  const there = await inspect(here, [
    { name: 'a', confirmed: confirmed(a) },
    { name: 'b', confirmed: confirmed(b) },
  ]);
  console.log(
    `${confirmed(a).length} and ${confirmed(b).length} changes confirmed, ${there} there; nothing lost, nothing twice, both laws hold`,
  );
} finally {
  for (const { child } of machines) child.kill('SIGKILL');
  removeNamespaces();
  await server.stop();
}
