import type { Callback, ChatMessage } from '../chat-app';
import { encodeButtonName } from './controls';
import { ENCRYPTED, KEY, NOW, pressEvent, sealed } from './event.fixture';
import { receive } from './receive';

const waitForReply = (event: object): Callback => receive(sealed(event, KEY), ENCRYPTED, NOW);

function read(event: object): ChatMessage {
  const callback = waitForReply(event);
  if (callback.kind !== 'message') throw new Error(`not a message: ${JSON.stringify(callback)}`);
  return callback.message;
}

describe('a press', () => {
  it('is the same as typing its command, and is answered by a toast', () => {
    expect(waitForReply(pressEvent())).toEqual({
      kind: 'message',
      reply: {
        status: 200,
        body: { toast: { type: 'info', content: '收到 / received', i18n: { zh_cn: '收到', en_us: 'Received' } } },
      },
      message: {
        id: 'e1',
        platform: 'feishu',
        conversation: { id: 'oc_1', kind: 'group' },
        sender: { id: 'ou_1' },
        text: '关闭 42',
        isForBot: true,
        sentAt: NOW,
      },
    });
  });

  it('knows from its control that it was in a direct chat', () => {
    const direct = { id: 'oc_1', kind: 'direct', userId: 'ou_1' };
    expect(read(pressEvent({ action: { value: { command: 'a', chat: 'direct' } } })).conversation).toEqual(direct);
    expect(
      read(pressEvent({ action: { value: {}, name: encodeButtonName({ command: 'a', chat: 'direct' }) } }))
        .conversation,
    ).toEqual(direct);
  });

  it.each([
    ['a value in words', { value: '{"command":"关闭 42"}' }],
    ['its name alone', { value: undefined, name: encodeButtonName({ command: '关闭 42', chat: 'group' }) }],
    ['an empty value', { value: {}, name: encodeButtonName({ command: '关闭 42', chat: 'group' }) }],
  ])('finds its command in %s', (_, action) => {
    expect(read(pressEvent({ action })).text).toBe('关闭 42');
  });

  it('brings what was filled in', () => {
    const form_value = { subject: '连不上', none: null, many: ['a', 'b'], deep: { x: 1 }, body: '一\n二' };
    expect(read(pressEvent({ action: { form_value } })).fields).toEqual({
      subject: '连不上',
      many: 'a, b',
      body: '一\n二',
    });
  });

  it('is ignored where nobody of ours has done it, or it means nothing to us', () => {
    for (const parts of [
      { operator: { tenant_key: 'other' } },
      { operator: { open_id: undefined } },
      { context: { open_chat_id: undefined } },
      { action: { value: { command: 7 } } },
      { action: { value: 'x', name: 'Button_1' } },
      { action: { value: undefined, name: 'group_zz' } },
    ] as Record<string, object>[]) {
      expect(waitForReply(pressEvent(parts))).toMatchObject({ kind: 'ignored', reply: { status: 200, body: {} } });
    }
  });
});
