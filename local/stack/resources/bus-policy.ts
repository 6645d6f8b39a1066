import { PutPermissionCommand } from '@aws-sdk/client-eventbridge';
import type { CreateResource } from '../site';

/** AWS::Events::EventBusPolicy, with a whole Statement. */
export const createBusPolicy: CreateResource = async (_id, properties, { clients }) => {
  properties.rejectUnknown(['EventBusName', 'Statement', 'StatementId']);
  const [Sid, EventBusName] = [properties.requiredText('StatementId'), properties.text('EventBusName')];
  const Policy = JSON.stringify({ Statement: [{ ...properties.mapping('Statement'), Sid }] });
  await clients.events.send(new PutPermissionCommand({ EventBusName, Policy }));
  return { ref: Sid, attributes: {} };
};
