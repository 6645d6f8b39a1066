import { DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { CaseRecord, Versioned } from '../case-store';
import { Later } from '../misunderstanding';
import type { Office } from '../office';
import { type SupportDesk, SupportTrouble } from '../support-desk';
import { house } from './house';

type Stored = Versioned<CaseRecord>;

/** In ms: how long a case may take to be seen in DescribeCases; who looks earlier and does not find it knows nothing. */
const PATIENCE = 60_000;
/** In ms: clocks differ. */
const SLACK = 600_000;

/**
 * Takes a record from wherever it has got to, to a filed case with a place of its own: CreateCase, its number, the rest of
 * its text, its place. Each step is written down before the next, and each looks for what an earlier try may have done.
 * Throws SupportTrouble when AWS has refused the case, and Later when nobody knows yet, or when something is left to do.
 */
export async function fileCase(record: Stored, office: Office): Promise<Stored> {
  const desk = office.accounts.desk(record.account);
  const created = record.caseId ? record : await create(record, desk, office);
  const isOld = record.caseId !== undefined || office.resumed;
  return finish(created, isOld, desk, office).catch(goOnLater);
}

/** @param isOld whether an earlier try may have got further than it could write down */
async function finish(created: Stored, isOld: boolean, desk: SupportDesk, office: Office): Promise<Stored> {
  const numbered = created.displayId ? created : await number(created, desk, office);
  return house(await tellRest(numbered, isOld, desk, office), office);
}

/** The case is there: nobody may hear now that nothing was done, nor must press again for the rest. */
function goOnLater(error: unknown): never {
  const isTheirs = error instanceof SupportTrouble || error instanceof DeliveryError;
  throw isTheirs ? new Later(`The case is filed, but: ${error.message}`, FILED) : error;
}

async function create(record: Stored, desk: SupportDesk, office: Office): Promise<Stored> {
  const found = record.attempted === undefined ? undefined : await lookFor(record, record.attempted, desk, office);
  if (found) return office.store.save({ ...record, ...found });
  const tried = await office.store.save({ ...record, attempted: office.now() });
  const caseId = await desk.open(record.request).catch((error) => refused(error, tried, office));
  return office.store.save({ ...tried, caseId });
}

/** The case of an earlier try whose answer never came, by the reference in its text. */
async function lookFor({ reference }: CaseRecord, attempted: number, desk: SupportDesk, { now }: Office) {
  const cases = await desk.list(attempted - SLACK);
  const found = cases.find(({ latest }) => latest.some(({ body }) => body.includes(reference)));
  if (found) return { caseId: found.caseId, displayId: found.displayId };
  if (now() - attempted < PATIENCE) throw new Later('It is not known yet whether the case was filed.', UNKNOWN);
  return undefined;
}

/** What was surely refused may be tried again at once; of the rest it must first be found out what came of it. */
async function refused(error: unknown, tried: Stored, { store }: Office): Promise<never> {
  if (!(error instanceof SupportTrouble) || error.uncertain) throw new Later(`CreateCase: ${error}`, UNKNOWN);
  await store.save({ ...tried, attempted: undefined });
  throw error;
}

async function number(record: Stored, desk: SupportDesk, { store }: Office): Promise<Stored> {
  const found = await desk.find({ caseId: record.caseId ?? '' });
  if (!found) throw new Later('The case is filed, and not to be seen yet.', FILED);
  return store.save({ ...record, displayId: found.displayId });
}

/** What did not fit into the case follows as replies; each carries its own number, so that it is told once. */
async function tellRest(record: Stored, isOld: boolean, desk: SupportDesk, office: Office): Promise<Stored> {
  let current = record;
  const caseId = record.caseId ?? '';
  const had = record.told < record.rest.length && isOld ? await desk.communications(caseId) : [];
  for (const body of record.rest.slice(record.told)) {
    if (!had.some((communication) => communication.body.trim() === body.trim())) await desk.reply(caseId, body);
    current = await office.store.save({ ...current, told: current.told + 1 });
  }
  return current;
}

const UNKNOWN: LocalizedText = {
  en: 'AWS Support has not answered. I will look whether the case was filed before anything is tried again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认工单是否已创建再继续，不会重复提交，您无需操作。',
};
const FILED: LocalizedText = {
  en: 'The case is filed; a few things are left to do. One moment, you need not do anything.',
  'zh-CN': '工单已提交，还有几步正在处理，请稍候，您无需操作。',
};
