import type { Manner } from './manners';
import { numberOf, type Stage } from './stage';

/** One thing that the person does. */
export interface Step {
  readonly what: string;
  /** AWS's engineer does it. */
  readonly byAws?: true;
  act(stage: Stage): Promise<unknown>;
  /** What must be in the answer. */
  answer(stage: Stage): RegExp;
}

export const DESCRIPTION = '从 10:00 (UTC+8) 开始，ap-east-1，约一半的请求失败，影响下单。';
export const REPLY = '重启后仍然如此，日志已保存。';
export const ANSWER = '您好，我们正在查看，请提供一个请求 ID。';

const SEVERITY = 'low';
const CATEGORY = 'general-guidance';

/** The whole life of a case, as one person leads it through the chat. */
export function scriptOf(manner: Manner): Step[] {
  const { forms, wanted, serviceCode } = manner;
  return [
    { what: 'asks for help', act: say('帮助'), answer: () => /可以这样使用/ },
    { what: 'looks a service up', act: say(`查找服务 ${wanted}`), answer: () => new RegExp(serviceCode) },
    ...(forms ? byForm(manner) : [byText(manner)]),
    { what: 'submits it', act: press('提交'), answer: itsNumber },
    { what: 'lists the cases', act: say('历史'), answer: itsNumber },
    { what: 'writes to AWS', act: inCase('回复', REPLY, manner), answer: () => /已回复到工单/ },
    { what: 'looks at the case, as AWS has answered', act: look(manner), answer: () => new RegExp(ANSWER) },
    { what: 'wants to resolve it', act: inCase('关闭工单', '', manner), answer: () => /确定关闭这个工单/ },
    { what: 'confirms that', act: press('确认关闭', manner), answer: () => /工单已关闭/ },
  ];
}

function byForm({ serviceCode }: Manner): Step[] {
  const filledIn = { body: DESCRIPTION, serviceCode, categoryCode: CATEGORY, severityCode: SEVERITY };
  return [
    {
      what: 'opens a case',
      act: (stage) => say(`开工单 ${stage.subject}`)(stage),
      answer: () => /开 AWS 支持工单/,
    },
    {
      what: 'fills the form in',
      act: ({ workplace, person, room }) => workplace.submit(person.id, room.id, filledIn),
      answer: () => /请核对后提交/,
    },
  ];
}

function byText({ subject, serviceCode }: Manner): Step {
  const lines = [
    '提工单',
    `subject: ${subject}`,
    `body: ${DESCRIPTION}`,
    `severityCode: ${SEVERITY}`,
    `serviceCode: ${serviceCode}`,
    `categoryCode: ${CATEGORY}`,
  ];
  return { what: 'opens a case by the text form', act: say(lines.join('\n')), answer: () => /请核对后提交/ };
}

const say =
  (text: string): Step['act'] =>
  ({ workplace, person, room }) =>
    workplace.say(person.id, room.id, text, { mention: true });

/** In the case's own place nobody needs to call the bot or to say which case; and what is no command is a reply. */
export const inCase =
  (command: string, text: string, { home }: Manner): Step['act'] =>
  (stage) => {
    const { workplace, person } = stage;
    const place = home(stage);
    if (place) return workplace.say(person.id, place, command === '回复' ? text : command);
    return say([command, numberOf(stage), text].filter(Boolean).join(' '))(stage);
  };

/** AWS's engineer has answered meanwhile. */
const look =
  (manner: Manner): Step['act'] =>
  (stage) => {
    stage.engineer.answer(numberOf(stage), ANSWER);
    return inCase('工单', '', manner)(stage);
  };

const itsNumber: Step['answer'] = (stage) => new RegExp(numberOf(stage));

const press =
  (label: string, manner?: Manner): Step['act'] =>
  (stage) =>
    stage.workplace.press(stage.person.id, manner?.home(stage) ?? stage.room.id, label);
