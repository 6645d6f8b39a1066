import type { EventPattern } from '../../../plugins/formatter';

/** An event with something for every operator to look at. */
export const EVENT = {
  version: '0',
  id: 'b1d2',
  'detail-type': 'AWS Health Event',
  source: 'aws.health',
  account: '123456789012',
  time: '2026-11-20T08:30:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ec2:eu-west-1:123456789012:instance/i-1', 'arn:aws:s3:::logs'],
  detail: {
    service: 'EC2',
    region: '',
    title: '可用区 a*b 停电',
    folder: 'C:\\logs\\',
    count: 12,
    ratio: -0.5,
    digits: '12',
    open: true,
    owner: null,
    address: '192.168.7.200',
    address6: 'fd00:1::abcd',
    tags: ['blue', 'green'],
    sizes: [5, 500],
    empty: [],
    nested: { deep: { leaf: 'x' }, list: [['p'], ['q', 'r']] },
    entities: [
      { id: 'i-1', status: 'IMPAIRED', checks: [{ name: 'cpu', ok: false }] },
      { id: 'i-2', status: 'RESOLVED', checks: [{ name: 'disk', ok: true }] },
      { id: 'i-3', note: 'new' },
    ],
  },
};

/** One line of a table of promises: what the pattern looks for, the pattern, and whether EVENT has it. */
export type Row = [what: string, pattern: EventPattern, matches: boolean];

export const detail = (field: string, ...values: unknown[]): EventPattern => ({ detail: { [field]: values } });
