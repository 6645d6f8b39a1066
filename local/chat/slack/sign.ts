import { createHmac } from 'node:crypto';

/** The headers that Slack proves itself with: "Verifying requests from Slack" of docs.slack.dev. */
export function sign(body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}
