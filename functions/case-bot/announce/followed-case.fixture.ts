import type { TestOffice } from '../test-office.fixture';

export const REQUEST = {
  body: '实例',
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};

/** A case that was opened elsewhere and is followed in this group; gives its number. What was said until then is forgotten. */
export async function followed(group: string, at: TestOffice): Promise<string> {
  at.clock.now += 600_000;
  const caseId = await at.desk.createCase({ ...REQUEST, subject: group });
  const { displayId = '' } = (await at.desk.findCase({ caseId })) ?? {};
  at.clock.now += 60_000;
  await at.say(`关注工单 ${displayId}`, { conversation: { id: group, kind: 'group' } });
  at.spoken.length = 0;
  at.lines.length = 0;
  return displayId;
}
