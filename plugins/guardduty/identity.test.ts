import type { AwsEvent } from '../formatter';
import type { Json } from '../json';
import { distortions, sample } from '../say.fixture';
import formatter from './formatter';

const finding = (name: string, fields: object = {}): AwsEvent<Json> => {
  const event = sample<object>(name);
  return { ...event, detail: { ...event.detail, ...fields } as unknown as Json };
};
const identity = (event: AwsEvent<Json>) => formatter.identify(event);
const PROBE = 'guardduty-port-probe';

it('is one incident however often a finding is sent again, and each time an event of its own', () => {
  const again = { ...finding(PROBE, { updatedAt: 'later', service: { count: 9 } }), id: 'again' };
  expect(identity(again)).toEqual(identity(finding(PROBE)));
  expect(identity(again)).not.toHaveProperty('event');
});

it('is another incident for another finding', () => {
  expect(identity(finding('guardduty-crypto-mining'))).not.toEqual(identity(finding(PROBE)));
});

it('goes by the id where there is no ARN, and knows nothing where there is neither', () => {
  expect(identity(finding(PROBE, { arn: undefined }))).toEqual({ incident: finding(PROBE).detail.id });
  expect(identity(finding(PROBE, { arn: undefined, id: undefined }))).toBeUndefined();
});

it('never throws, whatever is missing or of another type', () => {
  for (const odd of distortions(finding(PROBE))) expect(() => identity(odd as AwsEvent<Json>)).not.toThrow();
});
