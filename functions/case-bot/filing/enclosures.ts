import { type Card, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { CaseRecord } from '../case-store';
import { send, withoutAnswer } from '../commands/files';
import type { Draft, Enclosed } from '../draft';
import type { FoundCase } from '../find-case';
import { Later, Misunderstanding } from '../misunderstanding';
import type { Office } from '../office';
import { SupportTrouble } from '../support-desk';
import { adviceOn } from '../trouble';

/** The draft with what was shared along with a message of it; once, however often that is read. The bytes stay with the platform until the case is filed. */
export function enclosing(draft: Draft, message: ChatMessage): Draft {
  const { enclosed = [] } = draft;
  const { id, files = [] } = message;
  if (files.length === 0 || enclosed.some(({ from }) => from.id === id)) return draft;
  return { ...draft, enclosed: [...enclosed, { files, from: { ...withoutAnswer(message), text: '' } }] };
}

/** As they are shown. */
export const namesIn = ({ enclosed = [] }: Draft): string[] =>
  enclosed.flatMap(({ files }) => files.map(({ name, kind }) => name ?? kind));

/**
 * Attaches to a filed case what its draft came with; once, also when the press that files it comes again. Gives what is to be said about
 * it: what cannot be attached is no reason to say that the case was not filed. Throws Later for what may work in a minute.
 */
export async function attachEnclosures(
  { enclosed = [] }: Draft,
  { account, caseId = '' }: CaseRecord,
  office: Office,
): Promise<Pick<Card, 'text' | 'quote'>[]> {
  if (enclosed.length === 0) return [];
  const desk = office.accounts.desk(account);
  const found = await desk.find({ caseId }).catch(goOnLater);
  if (!found) throw new Later('The case is filed, and not to be seen yet.', ATTACHING);
  const said: Pick<Card, 'text' | 'quote'>[] = [];
  for (const one of enclosed) said.push(await attach(one, { account, desk, found }, office));
  return said;
}

/** By the mark of the message that they came with: what is there already is not sent again. */
async function attach({ files, from }: Enclosed, to: FoundCase, office: Office): Promise<Pick<Card, 'text' | 'quote'>> {
  try {
    const { text, quote } = await send(to, '', files, from, { ...office, resumed: true });
    return { text, quote };
  } catch (error) {
    if (!isFinal(error)) goOnLater(error);
    office.log.warn('file.not-attached', { case: to.found.displayId, reason: Object(error).name });
    return { text: `${office.say.t(NOT_ATTACHED)} ${office.say.t(adviceOn(error))}` };
  }
}

function isFinal(error: unknown): boolean {
  if (error instanceof SupportTrouble) return !error.uncertain && error.kind !== 'throttled';
  return error instanceof Misunderstanding || (error instanceof DeliveryError && !error.retryable);
}

function goOnLater(error: unknown): never {
  const isTheirs = error instanceof SupportTrouble || error instanceof DeliveryError;
  throw isTheirs ? new Later(`The case is filed, but: ${error.message}`, ATTACHING) : error;
}

const ATTACHING: LocalizedText = {
  en: 'The case is filed; its files are still being attached. You need not do anything.',
  'zh-CN': '工单已提交，附件正在添加，您无需操作。',
};
const NOT_ATTACHED: LocalizedText = {
  en: 'The case is filed, but a file could not be attached:',
  'zh-CN': '工单已提交，但有附件未能添加：',
};
