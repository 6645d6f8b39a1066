import {
  EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { field, type JsonObject, textAt } from '../functions/notifier/ingest/json';
import { AWS_SERVICE_KEY, accessKeyOf } from './aws/caller';
import type { Aws } from './aws/start-aws';

/** Puts an event onto the bus of the account and Region that it says, as the AWS service there would do it. */
export type PutEvent = (found: JsonObject) => Promise<void>;

interface Place {
  account: string;
  region: string;
}

/** Events of other accounts and Regions reach the stack as on AWS: by a rule there that forwards them to the stack's bus, which lets it. */
export function openBuses({ account, region, env }: Aws): PutEvent {
  const clients = new Map<string, EventBridgeClient>();
  const forwarded = new Set([`${account}/${region}`]);

  /** Nobody but AWS may use a source that begins with `aws.`: those events are put under an AWS service's key. */
  function busOf(place: Place, asAws: boolean): EventBridgeClient {
    const accessKeyId = asAws ? `${AWS_SERVICE_KEY}${place.account}` : accessKeyOf(place.account);
    const known = clients.get(accessKeyId + place.region);
    if (known) return known;
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    const opened = new EventBridgeClient({
      region: place.region,
      endpoint: env.AWS_ENDPOINT_URL_EVENTBRIDGE,
      credentials,
    });
    clients.set(accessKeyId + place.region, opened);
    return opened;
  }

  async function admit(other: string): Promise<void> {
    if (other === account) return;
    const permission = { Action: 'events:PutEvents', Principal: other, StatementId: `sample-${other}` };
    await busOf({ account, region }, false).send(new PutPermissionCommand(permission));
  }

  async function forward(place: Place): Promise<void> {
    if (forwarded.has(`${place.account}/${place.region}`)) return;
    const bus = busOf(place, false);
    const Arn = `arn:aws:events:${region}:${account}:event-bus/default`;
    await admit(place.account);
    await bus.send(new PutRuleCommand({ Name: 'forward', EventPattern: '{"source":[{"prefix":""}]}' }));
    await bus.send(new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'stack', Arn }] }));
    forwarded.add(`${place.account}/${place.region}`);
  }

  return async (found) => {
    const place = placeOf(found, { account, region });
    await forward(place);
    const bus = busOf(place, textAt(found, 'source').startsWith('aws.'));
    const { Entries = [] } = await bus.send(new PutEventsCommand({ Entries: [entryOf(found)] }));
    const refused = Entries.find(({ ErrorCode }) => ErrorCode);
    if (refused) throw new Error(`EventBridge refused the event: ${refused.ErrorCode} ${refused.ErrorMessage}`);
  };
}

/** Where there is no such account or Region, it happened here. */
function placeOf(found: JsonObject, here: Place): Place {
  const [account, region] = [textAt(found, 'account'), textAt(found, 'region')];
  return {
    account: /^\d{12}$/.test(account) ? account : here.account,
    region: /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : here.region,
  };
}

function entryOf(found: JsonObject) {
  const detail = field(found, 'detail');
  const resources = field(found, 'resources');
  const time = new Date(textAt(found, 'time'));
  return {
    Source: textAt(found, 'source'),
    DetailType: textAt(found, 'detail-type'),
    Detail: typeof detail === 'string' ? detail : JSON.stringify(detail ?? {}),
    Resources: Array.isArray(resources) ? resources.map(String) : undefined,
    Time: Number.isNaN(time.valueOf()) ? undefined : time,
  };
}
