import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure';

const EVENTS = 1000;
const CONCURRENCY = 10;
/** After this time without events the local Lambda has ended its idle processes. */
const IDLE_MS = 12_000;
const MB = 1024 * 1024;

/** Resident memory of the local application, and of its notifier, after many events. */
export async function memory(): Promise<Figure[]> {
  const application = spawn(process.execPath, [...startArguments(), '--port', '0', '--brief'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await urlOf(application);
    await sendEvents(url);
    const busy = residentOf(application.pid ?? 0);
    await fetch(`${url}/idle`);
    await sleep(IDLE_MS);
    const { whole, children } = residentOf(application.pid ?? 0);
    return [
      {
        bench: 'memory',
        figure: `notifier after ${EVENTS} events`,
        value: Math.max(...children),
        unit: 'MB',
        goal: { atMost: 110 },
      },
      {
        bench: 'memory',
        figure: `whole local stack at its busiest, ${busy.children.length + 1} processes`,
        value: busy.whole,
        unit: 'MB',
      },
      {
        bench: 'memory',
        figure: `whole local stack afterwards, ${children.length + 1} processes`,
        value: whole,
        unit: 'MB',
        goal: { atMost: 350 },
      },
    ];
  } finally {
    application.kill('SIGTERM');
    await once(application, 'exit');
  }
}

/** As in `npm start`, because V8's flags matter. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' node ').at(-1)?.split(' ') ?? [];
}

async function urlOf(application: ChildProcess): Promise<string> {
  if (application.stdout) {
    for await (const line of createInterface(application.stdout)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url) {
        application.stdout.resume();
        return url;
      }
    }
  }
  throw new Error('The application ended without printing its URL.');
}

async function sendEvents(url: string): Promise<void> {
  const body = readFileSync('events/ec2-stopped.json', 'utf8');
  for (let sent = 0; sent < EVENTS; sent += CONCURRENCY) {
    await Promise.all(Array.from({ length: CONCURRENCY }, () => fetch(`${url}/events`, { method: 'POST', body })));
  }
}

interface Process {
  pid: number;
  parent: number;
  /** Bytes. */
  resident: number;
}

function residentOf(root: number): { whole: number; children: number[] } {
  const all = existsSync('/proc/self/status') ? processesOfLinux() : processesOfPs();
  const own = all.find(({ pid }) => pid === root);
  const children = all.filter(({ parent }) => parent === root);
  const sum = [own, ...children].reduce((bytes, process) => bytes + (process?.resident ?? 0), 0);
  return { whole: Math.round(sum / MB), children: children.map(({ resident }) => Math.round(resident / MB)) };
}

/** proc(5), /proc/PID/status: the parent, and the resident size in kB. */
function processesOfLinux(): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    if (!existsSync(`/proc/${pid}/status`)) return [];
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ pid: Number(pid), parent: number('PPid'), resident: number('VmRSS') * 1024 }];
  });
}

function processesOfPs(): Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, resident: kilobytes * 1024 };
  });
}
