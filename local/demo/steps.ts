import { type Context, caseConversationOf, numberOf, type Traits } from './context';

/** One action of the user. */
export interface Step {
  readonly what: string;
  /** AWS's engineer acts. */
  readonly isByAws?: true;
  act(context: Context): Promise<unknown>;
  /** What the reply must contain. */
  expected(context: Context): RegExp;
}

export const DESCRIPTION = '从 10:00 (UTC+8) 开始，ap-east-1，约一半的请求失败，影响下单。';
export const REPLY = '重启后仍然如此，日志已保存。';
export const ANSWER = '您好，我们正在查看，请提供一个请求 ID。';

const SEVERITY = 'low';
const CATEGORY = 'general-guidance';

/** A case from the first question to its end. */
export function caseSteps({ hasForms, query, serviceCode, subject }: Traits): Step[] {
  return [
    { what: 'asks for help', act: say('帮助'), expected: () => /可以这样使用/ },
    { what: 'searches for a service', act: say(`查找服务 ${query}`), expected: () => new RegExp(serviceCode) },
    ...(hasForms ? formSteps(subject, serviceCode) : [textFormStep(subject, serviceCode)]),
    { what: 'submits it', act: press('提交'), expected: caseNumber },
    { what: 'lists the cases', act: say('历史'), expected: caseNumber },
    { what: 'replies to AWS', act: inCase('回复', REPLY), expected: () => /已回复到工单/ },
    { what: 'opens the case after an answer of AWS', act: viewAnswered, expected: () => new RegExp(ANSWER) },
    { what: 'asks to resolve it', act: inCase('关闭工单'), expected: () => /确定关闭这个工单/ },
    { what: 'confirms', act: pressInCase('确认关闭'), expected: () => /工单已关闭/ },
  ];
}

function formSteps(subject: string, serviceCode: string): Step[] {
  const values = { body: DESCRIPTION, serviceCode, categoryCode: CATEGORY, severityCode: SEVERITY };
  return [
    { what: 'opens a case', act: say(`开工单 ${subject}`), expected: () => /开 AWS 支持工单/ },
    {
      what: 'fills in the form',
      act: ({ workspace, user, room }) => workspace.submit(user.id, room.id, values),
      expected: () => /请核对后提交/,
    },
  ];
}

function textFormStep(subject: string, serviceCode: string): Step {
  const lines = [
    '提工单',
    `subject: ${subject}`,
    `body: ${DESCRIPTION}`,
    `severityCode: ${SEVERITY}`,
    `serviceCode: ${serviceCode}`,
    `categoryCode: ${CATEGORY}`,
  ];
  return { what: 'opens a case with the text form', act: say(lines.join('\n')), expected: () => /请核对后提交/ };
}

const say =
  (text: string): Step['act'] =>
  ({ workspace, user, room }) =>
    workspace.say(user.id, room.id, text, { mention: true });

/** The case's conversation needs no mention and no number, and any text there that is no command is a reply. */
export const inCase =
  (command: string, text = ''): Step['act'] =>
  (context) => {
    const { workspace, user } = context;
    const conversation = caseConversationOf(context);
    if (conversation) return workspace.say(user.id, conversation, command === '回复' ? text : command);
    return say([command, numberOf(context), text].filter(Boolean).join(' '))(context);
  };

const viewAnswered: Step['act'] = (context) => {
  context.engineer.answer(numberOf(context), ANSWER);
  return inCase('工单')(context);
};

const caseNumber: Step['expected'] = (context) => new RegExp(numberOf(context));

const press =
  (label: string): Step['act'] =>
  ({ workspace, user, room }) =>
    workspace.press(user.id, room.id, label);

const pressInCase =
  (label: string): Step['act'] =>
  (context) =>
    context.workspace.press(context.user.id, caseConversationOf(context) ?? context.room.id, label);
