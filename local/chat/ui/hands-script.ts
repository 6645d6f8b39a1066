/** The browser's hands: what a person does in a pane goes to the application, and what became of it below the pane. */
export const HANDS_SCRIPT = `
const AWAY = '本机的应用没有应答 · The application on this machine does not answer';
const WRONG_SIZE = '文件须有内容，且不超过 5 MB · A file must not be empty, nor over 5 MB';
const LARGEST = 5 * 2 ** 20;

const openHands = (platform) => {
  const act = async (pane, way, body) => {
    const told = pane.querySelector('output');
    const tell = (words, kind) => { told.textContent = words; told.className = kind; };
    tell('…', '');
    try {
      const common = { by: pane.querySelector('.who select').value, talk: pane.dataset.thread ?? pane.dataset.talk };
      const response = await fetch('/talks/' + platform + '/' + way, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...common, ...body }),
      });
      const { text, kind, error } = await response.json();
      tell(error ?? text.zh + ' · ' + text.en, kind ?? 'failed');
      return response.ok;
    } catch {
      tell(AWAY, 'failed');
      return false;
    }
  };
  const say = async (pane) => {
    const box = pane.querySelector('.say textarea');
    const text = box.value;
    if (!text.trim()) return;
    box.value = '';
    bottom(pane.querySelector('.feed'));
    const mention = pane.querySelector('.mention input')?.checked ?? false;
    if (!(await act(pane, 'say', { text, mention })) && !box.value) box.value = text;
  };
  const submit = (pane, form) => {
    const changed = [...form.querySelectorAll('[data-field]')].filter((field) => field.value !== startOf(field));
    const values = Object.fromEntries(changed.map((field) => [field.dataset.field, field.value]));
    return act(pane, 'submit', { values, talk: pane.dataset.talk });
  };
  const share = async (pane, input) => {
    const [file] = input.files;
    if (!file) return;
    const base64 = file.size > LARGEST ? '' : await base64Of(file);
    input.value = '';
    if (!base64) {
      pane.querySelector('output').textContent = WRONG_SIZE;
      return;
    }
    await act(pane, 'share', { name: file.name, kind: file.type.startsWith('image/') ? 'image' : 'file', base64 });
  };
  return { act, say, submit, share };
};

// What a field holds when nobody has touched it.
const startOf = (field) =>
  field.defaultValue ?? [...field.options].find((option) => option.defaultSelected)?.value ?? '';

const base64Of = (file) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
  reader.onerror = () => resolve('');
  reader.readAsDataURL(file);
});
`;
