import { createHash } from 'node:crypto';

/** Letters of a `uuid`: pages "发送消息" and "创建群". */
const LONGEST = 50;

/**
 * An idempotency key as the API takes it. It holds what is done where, because the API looks at the key alone: the same
 * news for two groups would be shown in one.
 */
export function keyOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LONGEST);
}
