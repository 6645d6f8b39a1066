import { readTemplate } from '../stack/template';
import { countActivities } from './cost/count';
import { type Inventory, linesOf, month, SIZES, type Size } from './cost/month';
import type { Bill } from './cost/tally';
import type { Figure } from './figure';
import { PRICES } from './prices';

/** The monthly cost of a stack for three sizes: counted on this machine's AWS, times AWS's prices. Takes a minute. */
export async function cost(): Promise<Figure[]> {
  const activities = await countActivities();
  const each = Object.entries(activities).flatMap(([what, { bill, metrics }]) => [
    ...Object.entries(bill as Bill).map(([kind, value]) => figure(`a ${what}: ${kind}`, significant(value), '')),
    figure(`a ${what}: metrics`, metrics.size, ''),
  ]);
  const months = await Promise.all(
    SIZES.map(async (size) => monthOf(size, month(size, activities, await inventory(size)))),
  );
  return [...each, ...months.flat()];
}

/** Each line with its arithmetic, then each service, then the total. */
function monthOf({ name, events, chats, messages, summaries }: Size, bill: Bill): Figure[] {
  const lines = linesOf(bill);
  const services = [...new Set(lines.map(({ service }) => service))];
  const sum = (of: typeof lines, by: 'dollars' | 'withFree') => of.reduce((all, line) => all + line[by], 0);
  const about = `${events} events to ${chats} chats, ${messages} messages, ${summaries} summaries`;
  return [
    ...lines.map(({ what, count, dollars }) =>
      figure(`${name}: ${what}, ${significant(count)} at $${PRICES[what].each}`, cents(dollars), '$'),
    ),
    ...services.map((one) =>
      figure(
        `${name}: ${one}`,
        cents(
          sum(
            lines.filter(({ service }) => service === one),
            'dollars',
          ),
        ),
        '$ a month',
      ),
    ),
    figure(`${name}, all (${about})`, cents(sum(lines, 'dollars')), '$ a month'),
    figure(`${name}, with the whole free tier`, cents(sum(lines, 'withFree')), '$ a month'),
  ];
}

const figure = (name: string, value: number, unit: string): Figure => ({ bench: 'cost', figure: name, value, unit });
const cents = (dollars: number): number => Math.round(dollars * 100) / 100;
/** Rounding errors of differences are 0. */
const significant = (value: number): number => (Math.abs(value) < 1e-12 ? 0 : Number(value.toPrecision(3)));

/** The resources of the template, with or without a case bot. */
async function inventory({ messages }: Size): Promise<Inventory> {
  const { resources } = await readTemplate('template.yaml');
  const there = Object.values(resources).filter(({ condition }) => condition !== 'HasCaseBot' || messages > 0);
  const of = (type: string) => there.filter((one) => one.type === type).map(({ properties }) => properties);
  const metricsOf = ({ Metrics }: { Metrics?: unknown }) =>
    Array.isArray(Metrics) ? Metrics.filter(({ MetricStat }) => MetricStat).length : 1;
  const events = of('AWS::Serverless::Function').flatMap(({ Events }) => Object.values(Object(Events)));
  return {
    alarms: of('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    secrets: of('AWS::SecretsManager::Secret').length,
    queues: events.filter((event) => Object(event).Type === 'SQS').length,
  };
}
