import type { User } from '../workspace';

/** Invented ids in the format of real ones. */
export const TEAM = 'T0CASEBELL';
export const TEAM_DOMAIN = 'casebell-demo';
/** The workspace that the channel is shared with (Slack Connect). */
export const OTHER_TEAM = 'T0PARTNER1';
export const APP = 'A0CASEBELL';
export const BOT = 'U0CASEBELL';
export const BOT_ID = 'B0CASEBELL';
export const CHANNEL = 'C0OPSROOM1';
export const CHANNEL_NAME = 'ops-运维';
/** The slash command of the app. */
export const COMMAND = '/case';

/** Invented, in the format of real ones. */
export const SECRETS = {
  signingSecret: '0123456789abcdef'.repeat(2),
  botToken: `xoxb-${'0'.repeat(12)}-${'0'.repeat(13)}-${'X'.repeat(24)}`,
  teamId: TEAM,
  appId: APP,
};

export const USERS: readonly User[] = [
  { id: 'U0LILEI001', name: '李雷', email: 'li.lei@casebell.example', mobile: '+8613800000001' },
  { id: 'U0HANMM002', name: '韩梅梅', email: 'han.meimei@casebell.example', mobile: '+8613800000002' },
  { id: 'U0ALICE003', name: 'Alice Johnson', email: 'alice@casebell.example', mobile: '+12025550103' },
  { id: 'U0BOBEX004', name: 'Bob Miller', email: 'bob@partner.example', mobile: '+12025550104', external: true },
];

/** The direct chat of a user with the bot. */
export function directId(user: string): string {
  return user.replace(/^U/, 'D');
}

/** The field `name` of a user: lower case, without spaces. */
export function handleOf({ email }: User): string {
  return email.slice(0, email.indexOf('@'));
}

export function teamOf({ external }: User): string {
  return external ? OTHER_TEAM : TEAM;
}
