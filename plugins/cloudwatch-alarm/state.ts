import type { Card, LocalizedText } from '../formatter';
import { entry } from '../json';

interface State {
  severity: Card['severity'];
  head: LocalizedText;
  advice: LocalizedText;
}

const STATES: Record<string, State> = {
  ALARM: {
    severity: 'critical',
    head: { en: 'ALARM', 'zh-CN': '告警' },
    advice: {
      en: '**Next**: open the alarm and look for what changed when it began.',
      'zh-CN': '**下一步**：打开告警图表，查看触发时刻前后发生了什么变化。',
    },
  },
  OK: {
    severity: 'resolved',
    head: { en: 'Alarm OK', 'zh-CN': '告警正常' },
    advice: { en: 'Within its limits; nothing to do.', 'zh-CN': '指标处于正常范围，无需处理。' },
  },
  INSUFFICIENT_DATA: {
    severity: 'warning',
    head: { en: 'Alarm without data', 'zh-CN': '告警数据不足' },
    advice: {
      en: 'CloudWatch has too little data to judge, so this alarm watches nothing right now.\n**Next**: check that the resource exists and still sends the metric.',
      'zh-CN':
        'CloudWatch 收到的数据不足，该告警目前没有起到监控作用。\n**下一步**：确认资源仍然存在，并且仍在上报该指标。',
    },
  },
};

const RECOVERED: State = {
  severity: 'resolved',
  head: { en: 'Alarm recovered', 'zh-CN': '告警恢复' },
  advice: {
    en: 'Back within its limits.\n**Next**: confirm that users are served again.',
    'zh-CN': '指标已恢复正常。\n**下一步**：确认业务已恢复。',
  },
};

/** The text of a state: OK is a recovery only after ALARM, not after the alarm's creation. */
export function stateOf(value: string | undefined, previous: string | undefined): State {
  if (value === 'OK' && previous === 'ALARM') return RECOVERED;
  const head = value ?? 'CloudWatch';
  const unknown = { en: `Alarm ${head}`, 'zh-CN': `告警 ${head}` };
  return entry(STATES, value) ?? { severity: 'warning', head: unknown, advice: { en: '', 'zh-CN': '' } };
}
