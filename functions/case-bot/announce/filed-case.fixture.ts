import { type ChatApp, DeliveryError } from '@casebell/im/bots';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import type { SupportCaseEvent } from '../updates/case-event';

/** An office on a platform like Feishu: a case has a group of its own, its card can be shown anew, and files can be sent. */
export interface FiledCases extends TestOffice {
  /** Every card that was shown anew, with its status. */
  shown: string[];
  /** Every file that was sent, and how much of it came. */
  files: { name: string; size: number; bytes: number }[];
  /** Opens a case from the chat; gives its number and its group. What was said until then is forgotten. */
  filed(): Promise<{ id: string; group: string }>;
  /** What EventBridge says when something has happened to a case. */
  event(displayId: string, name?: string, origin?: string): SupportCaseEvent;
  quotes(): (string | undefined)[];
}

const WHOLE =
  '提工单\nsubject:连不上\nbody:实例 i-0123\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance';

export async function openFiledCases(): Promise<FiledCases> {
  const [shown, files]: [string[], FiledCases['files']] = [[], []];
  const app: Partial<ChatApp> = {
    createThread: async (_place, _from, idempotencyKey) => ({
      id: `oc_${idempotencyKey}`,
      kind: 'group',
      card: `om_${idempotencyKey}`,
    }),
    update: async (message, card) => void shown.push(`${message} ${card.facts?.[0]?.value}`),
    async sendFile(file) {
      let bytes = 0;
      for await (const chunk of file.bytes) bytes += chunk.length;
      if (file.name.endsWith('.exe'))
        throw new DeliveryError('x', { reason: 'no such files', retryable: false, payloadRejected: true });
      files.push({ name: file.name, size: file.size, bytes });
    },
  };
  const at = await openTestOffice({ app });
  return {
    ...at,
    shown,
    files,
    async filed() {
      const press = (await at.say(WHOLE))?.buttons?.[0]?.command ?? '';
      await at.say(press);
      at.clock.now += 60_000;
      at.spoken.length = 0;
      const id = at.aws.support.engineer.cases()[0]?.displayId ?? '';
      return { id, group: `oc_${/CB-\w+/.exec(press)?.[0]}` };
    },
    event: (displayId, name = 'AddCommunicationToCase', origin = 'AWS') => ({
      account: at.aws.account,
      time: new Date(at.clock.now).toISOString(),
      detail: { 'case-id': 'case-x', 'display-id': displayId, 'event-name': name, origin },
    }),
    quotes: () => at.spoken.map(({ card }) => card.quote),
  };
}
