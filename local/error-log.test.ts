import { createErrorLog } from './error-log';

function printed(...lines: (string | object)[]): string[] {
  const texts: string[] = [];
  const log = createErrorLog((text) => texts.push(text));
  for (const line of lines) log('Notifier', typeof line === 'string' ? line : JSON.stringify(line));
  return texts;
}

const powertools = {
  timestamp: '2026-11-24T00:00:00.000Z',
  service: 'notifier',
  function_request_id: '1',
  cold_start: true,
};

it.each([
  [{ level: 'WARN', message: { event: 'delivery.failed', reason: '限流' } }, 'WARN: delivery.failed: 限流'],
  [{ level: 'ERROR', message: { event: 'x', to: 1 } }, 'ERROR: x: {"to":1}'],
  [{ level: 'ERROR', message: 'plain' }, 'ERROR: plain'],
  [{ ...powertools, level: 'WARN', message: 'delivery.failed', reason: '限流' }, 'WARN: delivery.failed: 限流'],
  [{ ...powertools, level: 'WARN', message: 'entry.late', destination: 'a' }, 'WARN: entry.late: {"destination":"a"}'],
  [{ ...powertools, level: 'ERROR', message: 'x', error: { name: 'E', message: 'why', stack: '' } }, 'ERROR: x: why'],
  [{ ...powertools, level: 'CRITICAL', message: 'x' }, 'CRITICAL: x'],
  ['a line of Node', ': a line of Node'],
])('prints %j in one line', (line, words) => {
  expect(printed(line)).toEqual([`  Notifier ${words}`]);
});

it('prints a message once, and no information, metrics or failed invocations', () => {
  const warning = { ...powertools, level: 'WARN', message: 'x' };
  const metric = { _aws: { Timestamp: 1, CloudWatchMetrics: [{ Metrics: [{ Name: 'Delivered' }] }] }, Delivered: 1 };
  const information = ['DEBUG', 'INFO'].map((level) => ({ ...powertools, level, message: 'x', reason: 'r' }));
  const failed = { level: 'ERROR', message: 'ERROR\tInvoke Error\t{}' };
  expect(printed(warning, { ...warning, timestamp: 'later' }, metric, ...information, failed)).toEqual([
    '  Notifier WARN: x',
  ]);
});
