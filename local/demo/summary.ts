import type { CaseResults } from './case-scenario';
import type { EventResults } from './event-scenario';

/** The end of a demo: events, cards per platform, cases, and all failures. */
export function summaryOf(events: EventResults, cases?: CaseResults, modelFailures: readonly string[] = []): string {
  const { count, routes, delivered, seconds } = events;
  const failures = [...events.failures, ...(cases?.failures ?? []), ...modelFailures];
  const byRoute = Object.entries(routes).map(([route, number]) => `${route} ${number}`);
  const rows = Object.entries(delivered).map(
    ([platform, { cards, messages }]) =>
      `  ${platform.padEnd(10)} ${String(cards).padStart(4)} cards in ${messages} messages`,
  );
  return [
    '',
    `events in     ${count} (${byRoute.join(', ')}) in ${seconds.toFixed(1)} s`,
    'cards delivered',
    ...rows,
    ...(cases ? caseLines(cases) : []),
    `failures      ${failures.length}`,
    ...failures.map((failure) => `  ${failure}`),
  ].join('\n');
}

const caseLines = ({ opened, replies, resolved, seconds, slowest }: CaseResults): string[] => [
  `cases out     ${opened} opened, ${replies} replied to, ${resolved} resolved, in ${seconds.toFixed(1)} s`,
  `  slowest reply ${(slowest.ms / 1000).toFixed(2)} s (${slowest.what})`,
];
