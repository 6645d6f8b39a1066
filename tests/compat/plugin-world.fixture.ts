import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, startApplication } from '../../local/application';
import type { EventInput } from '../../local/aws/eventbridge/event';
import type { Statement } from '../../local/aws/policy';
import { createClock } from '../../local/clock';
import { resolveValue } from '../../local/stack/intrinsics';
import { createPlan } from '../../local/stack/plan';
import { type Stack, startStack } from '../../local/stack/start-stack';
import { readTemplate } from '../../local/stack/template';

/** Times as fast as the machine's clock: a function's minute is still long enough on a busy machine. */
const UNHURRIED = 5;

/** What a chat shows of one message: its title, and the lines below. */
export interface Shown {
  title: string;
  text: string;
}

/** The application, and the stacks that people have put beside older notifiers, over the outputs of its own. */
export interface PluginWorld {
  outputs: Application['stack']['outputs'];
  application: Application;
  /** Deploys a stack as its users do: the outputs go into its parameters as they are. */
  deploy(template: string, parameters: Readonly<Record<string, string>>): Promise<Stack>;
  /** The statements of a resource's policy document as CloudFormation would send them. */
  policy(id: string): Promise<Statement[]>;
  /** An AWS service says that something has happened in the stack's own account and Region. */
  happens(happening: EventInput): void;
  /** What each of the chats shows of what happens meanwhile. */
  shown(happens: () => unknown): Promise<Shown[][]>;
  close(): Promise<void>;
}

/** @param parameters of the application's stack. */
export async function openPluginWorld(parameters: Readonly<Record<string, string>>): Promise<PluginWorld> {
  const log = () => undefined;
  const application = await startApplication({ port: 0, parameters, clock: createClock({ rate: UNHURRIED }), log });
  const { aws, stack, chats } = application;
  const stacks: Stack[] = [];
  return {
    outputs: stack.outputs,
    application,
    async deploy(template, given) {
      const options = { aws, environment: {}, stackName: 'plugin', bootstrap: 'dist/local/bootstrap.js', log };
      const deployed = await startStack({ ...options, template: `tests/compat/${template}`, parameters: given });
      stacks.push(deployed);
      return deployed;
    },
    async policy(id) {
      const identity = { stackName: 'casebell', account: aws.account, region: aws.region };
      const plan = createPlan(
        await readTemplate('template.yaml'),
        { WebhookUrl: 'https://chat.example', ...parameters },
        identity,
      );
      const created = new Map(Object.entries(stack.resources));
      const properties = resolveValue(plan.resources[id]?.properties, plan.scope(created));
      return (properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement;
    },
    happens: (happening) => void aws.emit({ ...happening, account: aws.account, region: aws.region }),
    async shown(happens) {
      const had = chats.rooms.map(({ messages }) => messages.length);
      await happens();
      await until(() => chats.rooms.every(({ messages }, index) => messages.length > (had[index] ?? 0)));
      await stack.idle();
      const now = chats.rooms.map(({ messages }, index) => messages.slice(had[index]));
      return now.map((messages) => messages.map(({ view }) => ({ title: view.title, text: view.lines.join('\n') })));
    },
    async close() {
      for (const one of stacks) await one.close();
      await application.close();
    },
  };
}

/** On a busy machine a function may need a second try before anything is told. */
async function until(isThere: () => boolean): Promise<void> {
  for (let waits = 0; waits < 400 && !isThere(); waits += 1) await sleep(25);
}
