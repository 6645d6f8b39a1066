import type { AwsEvent, DedupKeys } from './formatter';
import { isForEveryone } from './health-event';
import { type Json, text } from './json';

/**
 * Health sends the same event several times: in a backup Region, and to the organization as well as to the account. The event's
 * ARN, the communication and the affected account stay the same ("Amazon EventBridge schema" and "Aggregating AWS
 * Health events", AWS Health User Guide). A public event is one for all accounts. The pages of one communication differ in
 * the end of its id.
 */
export function identityOf({ detail, account }: AwsEvent<Json | undefined>): DedupKeys | undefined {
  const arn = text(detail?.eventArn);
  if (!arn) return undefined;
  const hit = isForEveryone(detail) ? '' : (text(detail?.affectedAccount) ?? text(account) ?? '');
  const about = [arn, hit, text(detail?.page) ?? '1'];
  const communication = text(detail?.communicationId) ?? text(detail?.lastUpdatedTime);
  return { incident: about, ...(communication && { event: [...about, communication] }) };
}
