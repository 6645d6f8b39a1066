import type { AwsEvent } from './formatter';
import formatter from './health/formatter';
import abuse from './health-abuse/formatter';
import { identityOf } from './health-dedup-keys';
import type { Json } from './json';
import { distortions, sample } from './locale.fixture';

type Event = AwsEvent<Record<string, Json | undefined>>;
const event = (name = 'health-issue-open') => sample<Record<string, Json | undefined>>(name);
const withDetail = (detail: Record<string, unknown>, more: Partial<Event> = {}): Event =>
  ({ ...event(), ...more, detail: { ...event().detail, ...detail } }) as Event;
const identity = (found: Event) => identityOf(found as AwsEvent<Json>);
const original = identity(event());

it('dedupKeys() are the same for the copy in the backup Region', () => {
  expect(identity({ ...event(), id: 'copy', region: 'us-west-2', time: '2026-09-14T02:52:40Z' })).toEqual(original);
});

it('dedupKeys() are the same for the copy that the organization receives, which names the affected account', () => {
  const copy = withDetail({ affectedAccount: '111122223333' }, { id: 'copy', account: '999999999999' });
  expect(identity(copy)).toEqual(original);
  const { affectedAccount: _, ...older } = event().detail;
  expect(identity({ ...event(), detail: older })).toEqual(original);
});

describe('dedupKeys() of an event of one account', () => {
  const own = { eventScopeCode: 'ACCOUNT_SPECIFIC' };

  it('dedupKeys() are the same for the copy that a delegated administrator receives', () => {
    const copy = withDetail(own, { id: 'copy', account: '999999999999' });
    expect(identity(copy)).toEqual(identity(withDetail(own)));
  });

  it('dedupKeys() are another incident for another account', () => {
    const other = identity(withDetail({ ...own, affectedAccount: '444455556666' }));
    expect(other?.incident).not.toEqual(identity(withDetail(own))?.incident);
  });
});

it('dedupKeys() are the same for all accounts where the event is public, and names no resources', () => {
  const other = { affectedAccount: '444455556666' };
  expect(identity(withDetail(other, { account: '444455556666' }))).toEqual(original);
  const named = { affectedEntities: [{ entityValue: 'i-1' }] };
  expect(identity(withDetail({ ...other, ...named }))).not.toEqual(identity(withDetail(named)));
});

it.each([
  ['another event', { eventArn: 'arn:aws:health:us-east-1::event/EC2/X/X_1' }],
  ['another page', { page: '2' }],
])('is another incident for %s', (_, detail) => {
  expect(identity(withDetail(detail))?.incident).not.toEqual(original?.incident);
});

it('dedupKeys() are an update of the same incident for another communication', () => {
  const update = identity(withDetail({ communicationId: 'other-1' }));
  expect(update?.incident).toEqual(original?.incident);
  expect(update?.event).not.toEqual(original?.event);
});

it('dedupKeys() use the time of the last update where there is no communication', () => {
  const at = (lastUpdatedTime: string) => identity(withDetail({ communicationId: undefined, lastUpdatedTime }));
  expect(at('Mon, 14 Sep 2026 03:10:00 GMT')).toEqual(at('Mon, 14 Sep 2026 03:10:00 GMT'));
  expect(at('Mon, 14 Sep 2026 04:00:00 GMT')?.event).not.toEqual(at('Mon, 14 Sep 2026 03:10:00 GMT')?.event);
});

it('dedupKeys() of each event differ where there is neither, and are undefined without an ARN', () => {
  const neither = identity(withDetail({ communicationId: undefined, lastUpdatedTime: undefined }));
  expect(neither).toEqual({ incident: original?.incident });
  expect(identity(withDetail({ eventArn: undefined }))).toBeUndefined();
});

it('dedupKeys() never throw, whatever is missing or of another type', () => {
  for (const odd of distortions(event())) expect(() => identity(odd as Event)).not.toThrow();
});

it('both Health formatters use the same dedup keys', () => {
  expect([formatter.dedupKeys, abuse.dedupKeys]).toEqual([identityOf, identityOf]);
});
