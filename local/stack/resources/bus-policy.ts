import { PutPermissionCommand } from '@aws-sdk/client-eventbridge';
import type { Create } from '../site';

/** AWS::Events::EventBusPolicy, with a whole Statement. */
export const createBusPolicy: Create = async (_id, properties, { clients }) => {
  properties.only(['EventBusName', 'Statement', 'StatementId']);
  const [Sid, EventBusName] = [properties.needed('StatementId'), properties.text('EventBusName')];
  const Policy = JSON.stringify({ Statement: [{ ...properties.mapping('Statement'), Sid }] });
  await clients.events.send(new PutPermissionCommand({ EventBusName, Policy }));
  return { ref: Sid, attributes: {} };
};
