import type { AwsEvent, Card, DedupKeys, Formatter, Locale } from '../formatter';
import { type Json, text } from '../json';
import { findingCard } from './finding';
import { protectionCard } from './protection';

/** Findings, scan results and changes of the protection. */
function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  return event['detail-type'] === 'GuardDuty Finding' ? findingCard(event, locale) : protectionCard(event, locale);
}

/** GuardDuty sends a finding again, with the same ARN, whenever it occurs again. */
function dedupKeys({ detail }: AwsEvent<Json | undefined>): DedupKeys | undefined {
  const finding = text(detail?.arn) ?? text(detail?.id);
  const [id, updated] = [text(detail?.id), text(detail?.updatedAt)];
  if (!finding) return undefined;
  return { incident: finding, ...(id && updated && { event: [id, updated, text(detail?.service?.count) ?? ''] }) };
}

export default {
  name: 'guardduty',
  pattern: {
    source: ['aws.guardduty'],
    'detail-type': [
      'GuardDuty Finding',
      'GuardDuty Malware Protection Object Scan Result',
      'GuardDuty Malware Protection Post Scan Action Failed',
      'GuardDuty Malware Protection Resource Status Active',
      'GuardDuty Malware Protection Resource Status Warning',
      'GuardDuty Malware Protection Resource Status Error',
      'GuardDuty Runtime Protection Healthy',
      'GuardDuty Runtime Protection Unhealthy',
    ],
  },
  format,
  dedupKeys,
} satisfies Formatter<Json | undefined>;
