import { parseArgs } from 'node:util';
import { type Application, startApplication } from './application';
import { drawMessage } from './chat/ui/terminal';
import { createClock, FAST_CLOCK_RATE } from './clock';
import { exitWithError, parsePort, printHelpIfRequested } from './command-line';
import { runCaseScenarios } from './demo/case-scenario';
import { WIDTH } from './demo/context';
import { runEventScenario } from './demo/event-scenario';
import { summaryOf } from './demo/summary';
import { createErrorLog } from './error-log';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const OPTIONS = {
  port: { type: 'string' },
  parameter: { type: 'string', multiple: true, default: [] as string[] },
  brief: { type: 'boolean', default: false },
} as const;

const USAGE = `npm start -- [--port PORT] [--parameter Name=value ...] [--brief]

Runs the whole application on this machine: sends every sample event once, takes a case through each chat, and keeps running.`;

/** Plays the demo once and keeps running until Ctrl-C. */
async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values } = parseArgs({ options: OPTIONS });
  const parameters = Object.fromEntries(values.parameter.map(pairOf));
  const clock = createClock({ rate: FAST_CLOCK_RATE });
  const application = await startApplication({
    port: parsePort(values.port),
    parameters,
    clock,
    log: createErrorLog(print),
  });
  stopOnSignal(application);
  print(`The chats are at ${application.chats.url}; their clock runs ${FAST_CLOCK_RATE} times as fast as real time.`);
  const output = { print, isBrief: values.brief };
  const events = await runEventScenario(application, output);
  print(summaryOf(events, await runCaseScenarios(application, output)));
  clock.rate = 1;
  print(instructions(application));
  application.chats.onMessage((room, message) => print(drawMessage(room, message, WIDTH, process.stdout.isTTY)));
}

function pairOf(given: string): [string, string] {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(given) ?? [];
  if (!name) throw new Error(`--parameter ${given} is not valid: write Name=value.`);
  return [name, value];
}

const instructions = ({ chats }: Application): string => `
Casebell is running, from now on in real time. / Casebell 已启动，从现在起按真实时间运行。
  chats / 群聊      ${chats.url}
  send  / 发送事件  npm run send -- events/ec2-stopped.json${chats.url.endsWith(':4600') ? '' : ` --port ${new URL(chats.url).port}`}
  stop  / 停止      Ctrl-C`;

function stopOnSignal(application: Application): void {
  const stop = () => application.close().finally(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch(exitWithError);
