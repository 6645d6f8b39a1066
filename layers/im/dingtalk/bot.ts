import type { Secrets } from '../chat-app';

/** An enterprise-internal robot, as the developer console has it. */
export interface Bot {
  /** Client ID. */
  appKey: string;
  /** Client Secret: it signs what comes in, and buys the token for what goes out. */
  appSecret: string;
  /** The organisation that it lives in. */
  corpId: string;
  robotCode: string;
}

export const NEEDS = ['appKey', 'appSecret', 'corpId'] as const;

/** What is missing is empty; an internal robot's code is its Client ID, unless something else is entered. */
export function botOf(secrets: Secrets): Bot {
  const entered = (name: string) => String(secrets[name] ?? '').trim();
  const [appKey, appSecret, corpId] = [entered('appKey'), entered('appSecret'), entered('corpId')];
  return { appKey, appSecret, corpId, robotCode: entered('robotCode') || appKey };
}

/** The names of the secrets that nobody has entered. */
export function missing(bot: Bot): string[] {
  return NEEDS.filter((name) => bot[name] === '');
}
