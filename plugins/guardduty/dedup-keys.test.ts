import type { AwsEvent } from '../formatter';
import type { Json } from '../json';
import { distortions, sample } from '../locale.fixture';
import formatter from './formatter';

const finding = (name: string, fields: object = {}): AwsEvent<Json> => {
  const event = sample<object>(name);
  return { ...event, detail: { ...event.detail, ...fields } as unknown as Json };
};
const identity = (event: AwsEvent<Json>) => formatter.dedupKeys(event);
const PROBE = 'guardduty-port-probe';

it('dedupKeys() are one incident however often a finding is sent again, and each time an event of its own', () => {
  const first = identity(finding(PROBE));
  for (const more of [{ updatedAt: 'later' }, { service: { count: 9 } }]) {
    const again = identity({ ...finding(PROBE, more), id: 'again' });
    expect(again?.incident).toEqual(first?.incident);
    expect(again?.event).not.toEqual(first?.event);
  }
});

it('dedupKeys() are the same for the copy that an administrator account receives', () => {
  expect(identity({ ...finding(PROBE), id: 'copy', account: '999999999999' })).toEqual(identity(finding(PROBE)));
});

it('dedupKeys() of each event differ where it does not say when it was updated', () => {
  expect(identity(finding(PROBE, { updatedAt: undefined }))).not.toHaveProperty('event');
});

it('dedupKeys() are another incident for another finding', () => {
  expect(identity(finding('guardduty-crypto-mining'))).not.toEqual(identity(finding(PROBE)));
});

it('dedupKeys() use the id where there is no ARN, and are undefined where there is neither', () => {
  expect(identity(finding(PROBE, { arn: undefined }))?.incident).toEqual(finding(PROBE).detail.id);
  expect(identity(finding(PROBE, { arn: undefined, id: undefined }))).toBeUndefined();
});

it('dedupKeys() never throw, whatever is missing or of another type', () => {
  for (const odd of distortions(finding(PROBE))) expect(() => identity(odd as AwsEvent<Json>)).not.toThrow();
});
