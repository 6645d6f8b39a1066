/** What is hard to undo, or hurts whoever does it: nobody is told to by a summary alone. In both languages, since an original may be in the other. */
const ACTS: readonly RegExp[] = [
  /\b(?:delet|eras|remov|wip|purg|destroy)(?:e[ds]?|ing|ion|es|ed|s)?\b|\bdrop(?:ping)? (?:the|all|this|its)\b|删除|删掉|清空|销毁|擦除|抹除|移除/i,
  /\b(?:terminat|decommission|retir)\w*|终止|退役|淘汰/i,
  /\b(?:reboot|restart)\w*|重启|重新启动/i,
  /\b(?:disabl|deactivat|clos|suspend|retir)(?:e[ds]?|ing|ation|ure|ement)\b(?! to\b)|\bstop(?:s|ped|ping)?\b(?! \w+ing\b)|\b(?:turn|switch|shut|power)\w* (?:off|down)\b|禁用|停用|关闭|关掉|关机|停掉|停止(?![^，。]{0,6}(?:支持|服务|更新|维护|响应))|暂停/i,
  /\brevok\w*|撤销|吊销/i,
  /\b(?:roll(?:ed|ing)? back|rollback)\b|回滚|回退/i,
  /\b(?:reformat|reinstall)\w*|格式化|重装/i,
  /\bpass(?:word|code|phrase)s?\b|\bone-time code\b|密码|口令|验证码/i,
  /\b(?:secret|private) (?:access )?keys?\b|私钥|私有密钥|秘密访问密钥/i,
];

/** Programs of a shell, called as one calls them there; AWS in a sentence is in capitals. */
const COMMANDS =
  /(?<![\w.-])(?:sudo|rm|kubectl|curl|wget|chmod|chown|systemctl|docker|helm|terraform|dd|mkfs|fsck|kill|psql|mysql|ssh|aws [a-z][a-z0-9-]{1,30}) (?!v\d)[a-z-][^\s，。；]{0,60}/g;
/** `--force`, `-rf`: what only commands have. */
const FLAGS = /(?<=\s)--?[A-Za-z][\w-]{0,30}/g;

/** Whether a text names an act, or a command, that the other does not. */
export const acts = (said: string, known: string): boolean =>
  ACTS.some((act) => act.test(said) && !act.test(known)) ||
  [COMMANDS, FLAGS].some((form) => (said.match(form) ?? []).some((words) => !known.includes(words)));
