import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, type JsonObject } from '../../../functions/notifier/ingest/json';
import type { AwsEvent } from '../../../plugins/formatter';

/** How an event differs from its sample: by a name that its title contains, and by its severity. */
interface Kind {
  /** In `events/`. */
  sample: string;
  /** @param variant selects the severity. */
  own(detail: JsonObject, name: string, variant: number, time: string): { resources?: string[]; detail: JsonObject };
}

const turn = <One>(all: readonly One[], variant: number): One | undefined => all[variant % all.length];

const KINDS: readonly Kind[] = [
  {
    sample: 'alarm-metric',
    own: (detail, name, variant, timestamp) => ({
      resources: [`arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`],
      detail: {
        ...detail,
        alarmName: name,
        state: { ...asObject(detail.state), value: turn(['ALARM', 'OK', 'INSUFFICIENT_DATA'], variant), timestamp },
      },
    }),
  },
  {
    sample: 'ec2-stopped',
    own: (_, name, variant) => ({
      detail: { 'instance-id': `i-${name}`, state: turn(['stopped', 'running', 'terminated'], variant) },
    }),
  },
  {
    sample: 'guardduty-port-probe',
    own: (detail, name, variant) => {
      const resource = asObject(detail.resource);
      const instanceDetails = { ...asObject(resource.instanceDetails), instanceId: `i-${name}` };
      const identity = { id: name, arn: `${detail.arn}-${name}`, severity: turn([2, 5, 8], variant) };
      return { detail: { ...detail, ...identity, resource: { ...resource, instanceDetails } } };
    },
  },
  {
    sample: 'health-issue-open',
    own: (detail, name, variant) => ({
      detail: {
        ...detail,
        eventArn: `${detail.eventArn}-${name}`,
        communicationId: name,
        affectedEntities: [{ entityValue: name, status: 'IMPAIRED' }],
        eventTypeCategory: turn(['issue', 'investigation', 'accountNotification'], variant),
      },
    }),
  },
  {
    sample: 'scheduled-event',
    own: (detail, name) => ({ resources: [`arn:aws:events:us-east-1:111122223333:rule/${name}`], detail }),
  },
];

/** Parameters of a stack whose rules accept all of them. */
export const ACCEPTING_ALL_EVENTS = { GuardDutyMinSeverity: '1', ExtraEventSources: 'aws.events' } as const;

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1'];
const PLACES = ACCOUNTS.flatMap((account) => REGIONS.map((region) => ({ account, region })));
/** After so many events kind, account and Region repeat, with the next severity. */
const ROUND = KINDS.length * PLACES.length;

const samples = new Map<string, AwsEvent>();

function sampleOf({ sample }: Kind): AwsEvent {
  const known = samples.get(sample) ?? (JSON.parse(readFileSync(join('events', `${sample}.json`), 'utf8')) as AwsEvent);
  samples.set(sample, known);
  return known;
}

/** @param now the time of the event, ms since 1970. */
export function eventOf(number: number, now: number): AwsEvent {
  const kind = turn(KINDS, number) as Kind;
  const sample = sampleOf(kind);
  const time = new Date(now).toISOString();
  const own = kind.own(asObject(sample.detail), nameOf(number), Math.floor(number / ROUND), time);
  return { ...sample, ...turn(PLACES, number), id: nameOf(number), time: `${time.slice(0, 19)}Z`, ...own };
}

export const nameOf = (number: number): string => `event-${String(number).padStart(6, '0')}`;

/** The names of events in a text. */
export const namesIn = (text: string): string[] => [...new Set(text.match(/\bevent-\d{6}\b/g))];
