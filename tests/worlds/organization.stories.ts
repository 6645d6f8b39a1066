import {
  CENTRAL,
  countsOf,
  EXCLUDED,
  eventAt,
  MEMBER,
  type NotifierWorld,
  OTHER_MEMBER,
  OUTSIDER,
  textOf,
} from './notifier-world.fixture';

const FORWARDER = 'organization/forwarder.yaml';
const ONCE_EACH = [1, 1, 1, 1, 1];
const NOTHING = [0, 0, 0, 0, 0];
const EUROPE = 'eu-central-1';

/** Events of member accounts, forwarded to the stack's bus. */
export function describeOrganization(world: () => NotifierWorld): void {
  const region = () => world().aws.region;
  const forwarderAt = (account: string, at: string, more = {}) =>
    world().deploy(FORWARDER, { CentralAccountId: CENTRAL, CentralRegion: region(), ...more }, { account, region: at });
  const emit =
    (...events: ReturnType<typeof eventAt>[]) =>
    async () => {
      for (const event of events) {
        world().aws.emit(event);
        await world().stack.idle();
      }
    };
  const inMember = { account: MEMBER, region: EUROPE };
  const inCentral = () => ({ account: CENTRAL, region: region() });

  beforeAll(async () => {
    for (const account of [MEMBER, OTHER_MEMBER, EXCLUDED]) await forwarderAt(account, EUROPE);
    await forwarderAt(MEMBER, 'us-west-2');
  });

  it('an event of a member account is shown with the account’s name', async () => {
    const shown = await world().during(emit(eventAt('alarm-math', inMember)));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    for (const messages of shown.values()) expect(textOf(messages)).toContain(`生产 (${MEMBER})`);
  });

  it('a Health event of one account is shown once, though its forwarder and the delegated administrator send it', async () => {
    const own = {
      affectedAccount: MEMBER,
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      affectedEntities: [{ entityValue: 'i-0abc' }],
    };
    const events = [eventAt('health-issue-open', inMember, own), eventAt('health-issue-open', inCentral(), own)];
    expect(countsOf(await world().during(emit(...events)))).toEqual(ONCE_EACH);
  });

  it('a Health event of two accounts is shown for each', async () => {
    const of = (affectedAccount: string) =>
      eventAt('health-scheduled-change-many-instances', inCentral(), { affectedAccount });
    const shown = await world().during(emit(of(MEMBER), of(OTHER_MEMBER)));
    for (const messages of shown.values()) {
      expect(textOf(messages)).toContain(`生产 (${MEMBER})`);
      expect(textOf(messages)).toContain(`(${OTHER_MEMBER})`);
    }
  });

  it('a public Health event is shown once, though every account and the backup Region receive it', async () => {
    const copy = (account: string, at: string) =>
      eventAt('health-backup-region-copy', { account, region: at }, { affectedAccount: account });
    const copies = [
      copy(MEMBER, EUROPE),
      copy(MEMBER, 'us-west-2'),
      copy(OTHER_MEMBER, EUROPE),
      copy(CENTRAL, region()),
    ];
    const shown = await world().during(emit(...copies));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    for (const messages of shown.values()) expect(textOf(messages)).toContain('公共事件');
  });

  it('an account’s name is shown letter by letter and mentions no user', async () => {
    const shown = await world().during(emit(eventAt('alarm-contributor', { account: OTHER_MEMBER, region: EUROPE })));
    for (const messages of shown.values()) {
      expect(messages.flatMap(({ view }) => view.mentions)).toEqual([]);
      for (const text of ['@all', '<!channel>', `(${OTHER_MEMBER})`]) expect(textOf(messages)).toContain(text);
    }
  });

  it('events of an excluded account are not shown, whichever way they arrive, and are counted', async () => {
    const shown = await world().duringSilence(
      emit(
        eventAt('alarm-composite', { account: EXCLUDED, region: EUROPE }),
        eventAt('health-lifecycle', inCentral(), { affectedAccount: EXCLUDED }),
      ),
    );
    expect(countsOf(shown)).toEqual(NOTHING);
    expect(world().lines.filter((line) => line.includes('event.excluded'))).toHaveLength(2);
    expect(world().lines.join('\n')).toMatch(/"EventsExcluded":1/);
  });

  it('the forwarder forwards only what is enabled', async () => {
    expect(countsOf(await world().duringSilence(emit(eventAt('ec2-stopped', inMember))))).toEqual(NOTHING);
  });

  it('an account outside the organization is rejected, and its event stays in its own dead-letter queue', async () => {
    const forwarder = await forwarderAt(OUTSIDER, EUROPE);
    const event = eventAt('alarm-insufficient-data', { account: OUTSIDER, region: EUROPE });
    expect(countsOf(await world().duringSilence(emit(event)))).toEqual(NOTHING);
    const [letter = '{}'] = await world().messagesIn(forwarder.outputs.DeadLetterQueueUrl);
    expect(JSON.parse(letter)).toMatchObject({ id: event.id });
  });

  it('the forwarder has no rules in the account and Region of the stack, whatever is enabled', async () => {
    const all = { ForwardEC2: 'true', ForwardCases: 'true', ExtraEventSources: 'aws.backup' };
    const forwarder = await forwarderAt(CENTRAL, region(), all);
    expect(Object.keys(forwarder.resources).filter((id) => id.endsWith('Rule'))).toEqual([]);
    expect(countsOf(await world().during(emit(eventAt('alarm-anomaly', inCentral()))))).toEqual(ONCE_EACH);
  });
}
