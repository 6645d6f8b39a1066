import type { Json } from '../json';
import { TEAM } from './organisation';

/** In ms: on the free plan, files are hidden after 90 days ("Usage limits for free workspaces" of Slack's help pages). */
const SHOWN = 90 * 24 * 60 * 60 * 1000;

/** A file that Slack keeps. */
export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  /** Who shared it, by their id. */
  readonly user: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The channel that it was shared in. */
  readonly channel: string;
}

/** An upload that is not completed. */
interface Ticket {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes?: Uint8Array;
}

/** All files of the workspace. */
export interface Cabinet {
  keep(file: Omit<Kept, 'id' | 'at'>, id?: string): Kept;
  find(id: string): Kept | undefined;
  /** Begins an upload; the address is its password. */
  begin(name: string, length: number): { id: string; address: string };
  /** The upload behind the path of an address. */
  uploadAt(path: string): Ticket | undefined;
  /** The finished upload with this id, once. */
  takeUpload(id: string): Ticket | undefined;
  /** The file as the API and messages have it. */
  describe(file: Kept): Json;
}

export function openCabinet(now: () => number): Cabinet {
  const files = new Map<string, Kept>();
  const tickets = new Map<string, Ticket>();
  let count = 0;
  const nextId = () => `F${String(++count).padStart(9, '0')}`;
  return {
    keep(file, id = nextId()) {
      const kept = { ...file, id, at: now() };
      files.set(id, kept);
      return kept;
    },
    find: (id) => files.get(id),
    begin(name, length) {
      const id = nextId();
      const path = `/upload/v1/${id}${'X'.repeat(40)}`;
      tickets.set(path, { id, name, length });
      return { id, address: `https://files.slack.com${path}` };
    },
    uploadAt: (path) => tickets.get(path),
    takeUpload(id) {
      const [path, ticket] = [...tickets].find(([, each]) => each.id === id && each.bytes) ?? [];
      if (path) tickets.delete(path);
      return ticket;
    },
    describe: (file) => (now() - file.at > SHOWN ? { id: file.id, mode: 'hidden_by_limit' } : described(file)),
  };
}

function described({ id, name, title, mimetype, user, bytes, at }: Kept): Json {
  const place = `https://files.slack.com/files-pri/${TEAM}-${id}`;
  const words = encodeURIComponent(name);
  return {
    id,
    created: Math.floor(at / 1000),
    name,
    title,
    mimetype,
    user,
    size: bytes.length,
    mode: 'hosted',
    is_external: false,
    url_private: `${place}/${words}`,
    url_private_download: `${place}/download/${words}`,
  };
}
