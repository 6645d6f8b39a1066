/** The parameters of a stack that only tells: none of any bot. */
export const NO_CASE_BOT = Object.fromEntries(
  [
    ...['DingTalkAppKey', 'DingTalkAppSecret', 'DingTalkCorpId'],
    ...['FeishuAppId', 'FeishuAppSecret', 'FeishuVerificationToken', 'FeishuEncryptKey'],
    ...['SlackSigningSecret', 'SlackBotToken'],
  ].map((name) => [name, '']),
);
