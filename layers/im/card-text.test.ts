import { formatControls, formatForm, formatMention, selectLinkButtons } from './card-text';
import { WEBHOOK_PLATFORMS } from './webhooks';

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

it('prints a form as the lines that one would type', () => {
  expect(formatForm(FORM)).toBe(PRINTED);
});

it('says what to do with the form, and shows all categories of a service', () => {
  const options = Array.from({ length: 40 }, (_, index) => ({ label: `C ${index}`, value: `c-${index}` }));
  const form = { ...FORM, instructions: 'Copy this', fields: [{ name: 'categoryCode', label: 'Category', options }] };
  const printed = formatForm(form);
  expect(printed.startsWith('Copy this:\nopen a case\ncategoryCode: c-0 | c-1 | ')).toBe(true);
  expect(printed.endsWith(' | c-39')).toBe(true);
});

it('prints a button as its command', () => {
  const buttons = [{ label: 'Close', command: 'close 42' }];
  expect(formatControls({ title: 't', severity: 'info', buttons, form: FORM })).toEqual(['Close: close 42', PRINTED]);
});

it.each(WEBHOOK_PLATFORMS)('shows the form on $name, where nothing can be submitted', ({ render }) => {
  const shown = JSON.stringify(render({ title: 't', severity: 'info', form: FORM }));
  for (const line of ['open a case', 'subject: (Subject)', 'language: zh'])
    expect(shown.replaceAll('\\\\', '')).toContain(line);
});

it('names whom it cannot call', () => {
  expect(
    [{ everyone: true as const }, { mobile: '138' }, { id: 'u' }, { id: 'u', name: '李' }].map(formatMention),
  ).toEqual(['@all', '@138', '@u', '@李']);
});

it('makes buttons of a few links that are ones, and leaves the others as text', () => {
  const link = { label: 'l', url: 'https://a.example' };
  const script = { label: 'x', url: 'javascript:alert(1)' };
  expect(selectLinkButtons([script, link, link, link], 2)).toEqual({ buttons: [link, link], others: [script, link] });
});
