import { parseObject, textAt } from '../json';
import type { Postman } from './postman';

const CHALLENGE = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P';

/** Enters the Request URL: it has to give the challenge back, as JSON or as text ("url_verification" of docs.slack.dev). */
export async function subscribe(address: string, postman: Postman): Promise<void> {
  const before = postman.address;
  postman.address = address;
  const body = JSON.stringify({ token: 'deprecated', challenge: CHALLENGE, type: 'url_verification' });
  const { status, body: said } = await postman.deliver({ body, type: 'application/json', isEvent: false });
  const given = textAt(parseObject(Buffer.from(said)), 'challenge') || said.trim();
  if (status === 200 && given === CHALLENGE) return;
  postman.address = before;
  throw new Error("Your URL didn't respond with the value of the challenge parameter.");
}
