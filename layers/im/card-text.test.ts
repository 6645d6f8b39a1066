import { formatControls, formatForm, formatMention, selectLinkButtons, toPlainText } from './card-text';
import { CALLING, RICH } from './rich-card.fixture';

const FORM = {
  command: 'open a case',
  submit: 'Open a case',
  fields: [
    { name: 'subject', label: 'Subject' },
    {
      name: 'severity',
      label: 'Severity',
      options: [
        { label: 'Low', value: 'low' },
        { label: 'High', value: 'high' },
      ],
    },
    { name: 'language', label: 'Language', value: 'zh' },
  ],
};
const PRINTED = 'Open a case:\nopen a case\nsubject: (Subject)\nseverity: low | high\nlanguage: zh';

it('formatForm() writes the lines to type', () => {
  expect(formatForm(FORM)).toBe(PRINTED);
});

it('formatForm() begins with the instructions, and lists all categories of a service', () => {
  const options = Array.from({ length: 40 }, (_, index) => ({ label: `C ${index}`, value: `c-${index}` }));
  const form = { ...FORM, instructions: 'Copy this', fields: [{ name: 'categoryCode', label: 'Category', options }] };
  const printed = formatForm(form);
  expect(printed.startsWith('Copy this:\nopen a case\ncategoryCode: c-0 | c-1 | ')).toBe(true);
  expect(printed.endsWith(' | c-39')).toBe(true);
});

it('formatControls() writes a button as its command', () => {
  const buttons = [{ label: 'Close', command: 'close 42' }];
  expect(formatControls({ title: 't', severity: 'info', buttons, form: FORM })).toEqual(['Close: close 42', PRINTED]);
});

it('formatMention() writes the name', () => {
  expect(
    [{ everyone: true as const }, { mobile: '138' }, { id: 'u' }, { id: 'u', name: '李' }].map(formatMention),
  ).toEqual(['@all', '@138', '@u', '@李']);
});

it('selectLinkButtons() selects the first valid links, and returns the others', () => {
  const link = { label: 'l', url: 'https://a.example' };
  const script = { label: 'x', url: 'javascript:alert(1)' };
  expect(selectLinkButtons([script, link, link, link], 2)).toEqual({ buttons: [link, link], others: [script, link] });
});

it('toPlainText() contains the text of the whole card without markup', () => {
  expect(toPlainText(RICH)).toBe(
    '🔴 i-0abc stopped\nNow: i-0abc stopped.\n• see the runbook (https://wiki.example/ec2)\n账号: 123456789012\nBucket: s3://my_bucket/*\nConsole: https://console.example/?a=1&b=2\nClose: close 42\nHardware *degraded*.\n  See https://aws.example/a_b.\n<!channel> @all',
  );
  expect(toPlainText(CALLING)).toBe('🔵 t\nConsole: https://console.example/\n@Li @13800000000 @all @not <an> id');
});
