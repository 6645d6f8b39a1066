import { createHmac, randomBytes } from 'node:crypto';
import { textAt } from '../json';
import type { ApiRequest } from '../workspace';
import { SECRETS } from './organisation';
import { type Reply, refuse, refuseStorage } from './refusal';

/** A bucket of Alibaba Cloud, as in logs of 2025 and 2026; the document masks all but its beginning. */
export const STORAGE = 'wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com';
/** In milliseconds. How long a code or an address is good is in no document, only that both end: these are ours. */
const CODE_LIFE = 7_200_000;
const ADDRESS_LIFE = 3_600_000;
/** Of pictures the storage knows what they are, everything else is a `.file` there. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
};

/** Something that a person shared. */
export interface Shared {
  name: string;
  kind: 'image' | 'file';
  bytes: Uint8Array;
}

/** Where what people share is kept for the robot. */
export interface Storage {
  /** Keeps it. @returns the code that buys its address. */
  keep(file: Shared): string;
  /** Answers "download-the-file-content-of-the-robot-receiving-message", the token already checked. */
  address(call: ApiRequest): Reply;
  /** Answers a call of the bucket. */
  give(call: ApiRequest): Reply;
}

export function openStorage(now: () => number): Storage {
  const kept = new Map<string, Shared & { path: string; until: number }>();
  return {
    keep(file) {
      const code = randomBytes(96).toString('base64');
      kept.set(code, { ...file, path: pathOf(file), until: now() + CODE_LIFE });
      return code;
    },
    address({ payload }) {
      const robotCode = textAt(payload, 'robotCode');
      const code = textAt(payload, 'downloadCode');
      if (!robotCode) return refuse(400, 'invalidParameter.robotCode.empty', '机器人robotCode为空');
      if (!code) return refuse(400, 'invalidParameter.robotCode.empty', '机器人downloadCode为空');
      if (robotCode !== SECRETS.appKey) {
        return refuse(400, 'invalidParameter.robotCode.auth', '此downloadCode和机器人robotCode不匹配');
      }
      const file = kept.get(code);
      if (!file || now() >= file.until) {
        return refuse(400, 'invalidParameter.robotCode.downloadCode', '下载码有误或者已经过期');
      }
      return { status: 200, body: { downloadUrl: addressOf(file.path, now() + ADDRESS_LIFE) } };
    },
    give({ method, url, headers }) {
      const expires = url.searchParams.get('Expires') ?? '';
      // Alibaba Cloud's signature is over the Content-Type, too: who sends one has signed another request.
      const isSigned = url.searchParams.get('Signature') === signatureOf(url.pathname, expires);
      if (method !== 'GET' || !isSigned || headers['content-type'] !== undefined) {
        return refuseStorage(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
      }
      if (now() / 1000 >= Number(expires)) return refuseStorage(403, 'AccessDenied', 'Request has expired.');
      const file = [...kept.values()].find(({ path }) => path === url.pathname);
      if (!file) return refuseStorage(404, 'NoSuchKey', 'The specified key does not exist.');
      return { status: 200, body: file.bytes, headers: headersOf(file) };
    },
  };
}

/** In the document's sample it is http. */
function addressOf(path: string, until: number): string {
  const expires = String(Math.floor(until / 1000));
  const query = new URLSearchParams({
    Expires: expires,
    OSSAccessKeyId: 'LTAIcasebell',
    Signature: signatureOf(path, expires),
  });
  return `http://${STORAGE}${path}?${query}`;
}

function signatureOf(path: string, expires: string): string {
  return createHmac('sha1', SECRETS.appSecret).update(`GET\n\n\n${expires}\n${path}`).digest('base64');
}

function pathOf({ kind, name }: Shared): string {
  const extension = kind === 'image' ? extensionOf(name) : 'file';
  return `/ddmedia%2FiAE${randomBytes(24).toString('base64url')}.${extension}`;
}

function headersOf({ kind, name, bytes }: Shared): Record<string, string> {
  const type = (kind === 'image' && TYPES[extensionOf(name)]) || 'application/octet-stream';
  return { 'content-type': type, 'content-length': String(bytes.length) };
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
