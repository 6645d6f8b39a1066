import { type Json, textAt } from '../json';
import type { User } from '../workspace';
import { completeUpload, fileInfo, getUploadUrl } from './files-api';
import { history, replies } from './history';
import { type Office, type Result, refuse } from './office';
import { BOT, BOT_ID, handleOf, PEOPLE, TEAM, TEAM_DOMAIN, teamOf } from './organisation';
import { postMessage } from './post-message';
import { updateMessage } from './update-message';

interface Method {
  run(args: Json, office: Office): Result;
  /** How often a minute: the tiers of "Rate limits" in docs.slack.dev. */
  aMinute: number;
  /** Whether it sees nothing of what is in JSON. */
  wantsForm?: true;
}

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': { run: () => ({ ok: true, ...ME }), aMinute: 300 },
  'chat.postMessage': { run: postMessage, aMinute: 300 },
  'chat.update': { run: updateMessage, aMinute: 50 },
  'conversations.history': { run: history, aMinute: 50 },
  'conversations.replies': { run: replies, aMinute: 50 },
  'files.completeUploadExternal': { run: completeUpload, aMinute: 100 },
  'files.getUploadURLExternal': { run: getUploadUrl, aMinute: 100, wantsForm: true },
  'files.info': { run: fileInfo, aMinute: 100 },
  'users.info': { run: info, aMinute: 100 },
  'users.lookupByEmail': { run: lookupByEmail, aMinute: 50 },
};

const ME = {
  url: `https://${TEAM_DOMAIN}.slack.com/`,
  team: 'Casebell',
  user: 'casebell',
  team_id: TEAM,
  user_id: BOT,
  bot_id: BOT_ID,
  is_enterprise_install: false,
};
function lookupByEmail(args: Json): Result {
  const person = PEOPLE.find(({ email }) => email === textAt(args, 'email'));
  return person && !person.external ? described(person) : refuse('users_not_found');
}

/** Of people in shared channels, too. */
function info(args: Json): Result {
  const person = PEOPLE.find(({ id }) => id === textAt(args, 'user'));
  return person ? described(person) : refuse('user_not_found');
}

function described(person: User): Result {
  const { id, name, email } = person;
  const profile = { real_name: name, display_name: name, email };
  return {
    ok: true,
    user: { id, team_id: teamOf(person), name: handleOf(person), deleted: false, real_name: name, profile },
  };
}
