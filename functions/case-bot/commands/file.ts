import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { recordCard } from '../case-card';
import { type CaseRecord, keyOf, type Versioned } from '../case-store';
import type { Command } from '../command';
import { bodiesOf } from '../filing/bodies';
import { attachEnclosures } from '../filing/enclosures';
import { fileCase } from '../filing/file-case';
import { footerOf } from '../filing/footer';
import { problemCard } from '../filing/form';
import { myDraft } from '../filing/my-draft';
import { type Reviewed, review } from '../filing/review';
import { named } from '../named';
import type { Office } from '../office';
import { SPOKEN } from '../spoken';

/** The one press that files a case; pressed again, or delivered again, it goes on where it was, and files none twice. */
export const file: Command = {
  spoken: SPOKEN.file,
  changes: true,
  async run({ text }, message, office) {
    const begun = await begunBy(message, text || (await myDraft(message, office)).reference, office);
    if (begun && isUnderWay(begun)) return finish(begun, message, office);
    const draft = await myDraft(message, office, text);
    const reviewed = await review(draft.values, office);
    if (reviewed.problems.length > 0) return problemCard(draft, reviewed.problems, office.say);
    const wanted = recordOf(draft.reference, reviewed, await named(message, office), office);
    const { store } = office;
    const record = begun ? store.save({ ...wanted, version: begun.version }) : store.intend(wanted);
    return finish(await record, message, office);
  },
};

async function begunBy({ sender }: ChatMessage, reference: string, { bot, store }: Office) {
  const begun = await store.caseBy(reference.toUpperCase());
  return begun?.bot === bot.name && begun.opener.id === sender.id ? begun : undefined;
}

/** What AWS has surely refused is not: it may have been corrected since, and is filed as it stands in the draft now. */
const isUnderWay = ({ caseId, attempted }: CaseRecord): boolean => caseId !== undefined || attempted !== undefined;

function recordOf(
  reference: string,
  { values, account }: Reviewed,
  message: ChatMessage,
  { bot, now }: Office,
): CaseRecord {
  const [body = '', ...rest] = bodiesOf(values.body ?? '', footerOf(message, reference));
  const { replyUrl: _, ...from } = message.conversation;
  return {
    reference,
    bot: bot.name,
    account,
    request: {
      subject: values.subject ?? '',
      body,
      serviceCode: values.serviceCode ?? '',
      categoryCode: values.categoryCode ?? '',
      severityCode: values.severityCode ?? '',
      issueType: values.issueType ?? 'technical',
      ...(values.language && { language: values.language }),
      cc: (values.cc ?? '').split(', ').filter(Boolean),
    },
    rest,
    opener: message.sender,
    from,
    intended: now(),
    told: 0,
  };
}

async function finish(begun: Versioned<CaseRecord>, message: ChatMessage, office: Office): Promise<Card | undefined> {
  const record = await fileCase(begun, office);
  const draft = await office.store.draft(office.bot.name, message);
  if (draft?.reference !== record.reference) return answer(record, office);
  const attached = await attachEnclosures(draft, record, office);
  await office.store.dropDraft(office.bot.name, message);
  return withFiles(answer(record, office), attached, record, office);
}

/** What there is to say about the files that came with the draft. */
function withFiles(
  card: Card | undefined,
  attached: readonly Pick<Card, 'text' | 'quote'>[],
  { displayId, request }: CaseRecord,
  { say }: Office,
): Card | undefined {
  if (attached.length === 0) return card;
  const title = say.t(filed(displayId, request.subject));
  const text = [card?.text, ...attached.map((one) => one.text)].filter(Boolean).join('\n');
  const quote = attached.flatMap((one) => one.quote ?? []).join('\n');
  return { title, severity: 'info', ...card, text, ...(quote && { quote }) };
}

/** In a thread the case's card has just been said; a group is elsewhere, so here is said where. */
function answer(record: CaseRecord, office: Office): Card | undefined {
  const { place, from, displayId } = record;
  if (place?.thread && place.id === from.id) return undefined;
  const card = {
    ...recordCard(record, office, false),
    severity: 'resolved',
    title: office.say.t(filed(displayId, record.request.subject)),
  } as const;
  if (place && keyOf(place) !== keyOf(from)) return { ...card, text: office.say.t(ELSEWHERE) };
  return office.app.createThread ? { ...card, text: `${office.say.t(NO_PLACE)}\n${card.text}` } : card;
}

const filed = (displayId = '', subject = ''): LocalizedText => ({
  en: `Case ${displayId} is filed · ${subject}`,
  'zh-CN': `工单 ${displayId} 已创建 · ${subject}`,
});
const ELSEWHERE: LocalizedText = {
  en: 'It lives in a group of its own, and you are in it: what is written or shared there goes to AWS Support, and what AWS answers comes there.',
  'zh-CN': '已为它创建专属群并拉您入群，在群里发送的文字和文件都会回复到工单，AWS 的回复也会发到群里。',
};
const NO_PLACE: LocalizedText = {
  en: 'No group could be opened for it; an administrator finds the reason in the log of the case bot.',
  'zh-CN': '未能为它创建专属群，管理员可在工单机器人的日志中查看原因。',
};
