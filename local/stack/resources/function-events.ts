import { type Mapping, mappingOf } from '../mapping';
import { createProperties } from '../properties';
import type { StackContext } from '../site';
import { TemplateError } from '../template-error';
import type { Connect, Deployed } from './event-source';
import { connectHttp } from './http-event';
import { connectQueue } from './queue-event';
import { connectSchedule } from './schedule-event';

const SOURCES: Readonly<Record<string, Connect>> = {
  HttpApi: connectHttp,
  SQS: connectQueue,
  Schedule: connectSchedule,
};

/** The Events of an AWS::Serverless::Function. */
export async function connectEvents(events: Mapping, deployed: Deployed, site: StackContext): Promise<void> {
  for (const [name, event] of Object.entries(events)) {
    const { Type, Properties } = mappingOf(event, `Event ${name}`);
    const connect = SOURCES[String(Type)];
    if (!connect) throw new TemplateError(`Event ${name}: the type ${Type} is not supported by the local stack.`);
    await connect(name, createProperties(mappingOf(Properties, `Event ${name}: Properties`)), deployed, site);
  }
}
