import type { Card } from '@casebell/im/bots';
import { type CaseStore, LEASE_MS } from '../domain/case-store';
import type { DocumentStore, DocumentKey } from './dynamodb-documents';

/** In seconds: no platform delivers a message again after a day (Feishu: after six hours). */
const REMEMBERED = 172_800;

interface Stored {
  state: 'begun' | 'answered' | 'done';
  /** ms since 1970. */
  until: number;
  answer?: Card;
}

/** Who is at a message: one item each, taken by a conditional write. */
export function createClaims(
  documents: DocumentStore,
  now: () => number,
): Pick<CaseStore, 'claimMessage' | 'saveResponse' | 'releaseMessage' | 'completeMessage'> {
  const keyOf = (message: string): DocumentKey => [`message#${message}`, 'claim'];
  const put = (message: string, stored: Stored, version?: number) =>
    documents.put(keyOf(message), stored, { version, expiresAt: now() / 1000 + REMEMBERED });

  return {
    async claimMessage(message) {
      const begun: Stored = { state: 'begun', until: now() + LEASE_MS };
      if (await put(message, begun, 0)) return { state: 'new' };
      const kept = await documents.get<Stored>(keyOf(message));
      if (kept?.content.state === 'done') return { state: 'done' };
      if (!kept || now() < kept.content.until) return { state: 'busy' };
      const taken = await put(message, { ...kept.content, until: begun.until }, kept.version);
      return taken ? { state: 'resumed', response: kept.content.answer } : { state: 'busy' };
    },
    saveResponse: async (message, answer) => void (await put(message, { state: 'answered', until: now() + LEASE_MS, answer })),
    async releaseMessage(message) {
      const kept = await documents.get<Stored>(keyOf(message));
      if (kept) await put(message, { ...kept.content, until: 0 }, kept.version);
    },
    completeMessage: async (message) => void (await put(message, { state: 'done', until: 0 })),
  };
}
