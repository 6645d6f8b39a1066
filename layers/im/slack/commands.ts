import type { Callback } from '../chat-app';
import { ForgedRequestError } from '../chat-app';
import { checkApp, type Home } from './author';
import { answerable, conversationIn, DONE, ignored, isBy, PLATFORM } from './message';
import { readWords } from './words';

/**
 * Reads a slash command: "Implementing slash commands" of docs.slack.dev. It is shown in the channel, so that the others see
 * who asked for what. It has no time of its own, and is never given out twice. Throws ForgedRequest.
 * @param now ms since 1970
 */
export function readCommand(form: URLSearchParams, home: Home, now: number): Callback {
  checkApp(form, home);
  const said = (name: string) => form.get(name) ?? '';
  if (home.teamId && said('team_id') !== home.teamId) {
    throw new ForgedRequestError('it is for another workspace than the configured one');
  }
  const [user, channel, trigger] = [said('user_id'), said('channel_id'), said('trigger_id')];
  if (!isBy(user, channel) || !trigger) return ignored('no author, place or trigger in it');
  const { text, mentions } = readWords(said('text'));
  return {
    kind: 'message',
    reply: { ...DONE, body: { response_type: 'in_channel' } },
    message: {
      id: `command:${trigger}`,
      platform: PLATFORM,
      conversation: answerable(conversationIn(channel, user, ''), said('response_url'), now),
      sender: { id: user, ...(said('user_name') && { name: said('user_name') }) },
      text,
      ...(mentions.length && { mentions }),
      isForBot: true,
      sentAt: now,
    },
  };
}
