import { randomBytes } from 'node:crypto';
import type { Json } from '../json';
import type { Conversation, Post, WorkspaceOptions } from '../workspace';
import { controlsOf, type Offer, offerIn, seenOf } from './offer';
import { BOT } from './organisation';

/** What stands in the talks, and what of it can be pressed. */
export interface Board {
  fromPerson(talk: Conversation, said: Pick<Post, 'id' | 'by' | 'at'>, text: string, files?: Post['files']): void;
  /** @param message as a webhook would have it. @param payload as the bot sent it. */
  fromBot(talk: Conversation, message: Json, payload: unknown, files?: Post['files']): void;
  /** What the robot's messages in a talk offer, the latest first. */
  offers(talk: Conversation): { post: Post; offer: Offer }[];
}

export function openBoard({ now, onChange }: WorkspaceOptions): Board {
  const offers = new Map<Post, Offer>();
  function put(talk: Conversation, post: Post): void {
    talk.posts.push(post);
    onChange(talk);
  }
  return {
    fromPerson(talk, said, text, files) {
      const mentions = text.startsWith(`@${BOT.name} `) ? [`@${BOT.name}`] : [];
      const view = { title: '', mark: '', lines: text.split('\n'), mentions };
      put(talk, { ...said, view, controls: [], ...(files && { files }) });
    },
    fromBot(talk, message, payload, files = []) {
      const offer = offerIn(message);
      const shown = { view: seenOf(message), controls: controlsOf(offer), payload };
      const post = { at: now(), id: newId(), by: 'bot', ...shown, ...(files.length > 0 && { files: files.map(bare) }) };
      offers.set(post, offer);
      put(talk, post);
    },
    offers: (talk) => talk.posts.flatMap((post) => offerOf(post, offers)).reverse(),
  };
}

function bare({ name, bytes }: NonNullable<Post['files']>[number]) {
  return { name, bytes };
}

/** In the shape of the documents' samples. */
export function newId(): string {
  return `msg${randomBytes(16).toString('base64')}`;
}

function offerOf(post: Post, offers: Map<Post, Offer>): { post: Post; offer: Offer }[] {
  const offer = offers.get(post);
  return offer ? [{ post, offer }] : [];
}
