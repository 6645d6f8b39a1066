import { FEED_SCRIPT } from './feed-script';

/** The browser's half: shows the news of talks, and lets a person act in them. It follows on the script of the rooms. */
export const TALKS_SCRIPT = `${FEED_SCRIPT}
const AWAY = '本机的应用没有应答 · The application on this machine does not answer';
const LARGEST = 5 * 2 ** 20;

const openDesk = (root) => {
  const list = root.querySelector('.talks');
  const panes = root.querySelector('.panes');
  const paneOf = (id) => [...panes.children].find((pane) => pane.dataset.talk === id);
  const unread = new Set();
  let chosen = paneOf([...panes.children].find((pane) => !pane.hidden)?.dataset.talk)?.dataset.talk;
  let me;

  const mark = () => {
    for (const entry of list.querySelectorAll('[data-talk]')) {
      entry.setAttribute('aria-pressed', entry.dataset.talk === chosen);
      entry.classList.toggle('news', unread.has(entry.dataset.talk));
    }
  };
  const choose = (id) => {
    chosen = id;
    unread.delete(id);
    for (const pane of panes.children) pane.hidden = pane.dataset.talk !== id;
    const pane = paneOf(id);
    const who = pane.querySelector('.who select');
    if ([...who.options].some(({ value }) => value === me)) who.value = me;
    bottom(pane.querySelector('.feed'));
    mark();
  };
  const act = async (pane, way, body) => {
    const told = pane.querySelector('output');
    const tell = (words, kind) => { told.textContent = words; told.className = kind; };
    tell('…', '');
    try {
      const common = { by: pane.querySelector('.who select').value, talk: pane.dataset.talk };
      const response = await fetch('/talks/' + root.dataset.platform + '/' + way, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...common, ...body }),
      });
      const { words, kind, error } = await response.json();
      tell(error ?? words.zh + ' · ' + words.en, kind ?? 'failed');
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
    return act(pane, 'submit', { values: Object.fromEntries(changed.map((field) => [field.dataset.field, field.value])) });
  };
  const share = async (pane, input) => {
    const [file] = input.files;
    if (!file) return;
    const base64 = await base64Of(file);
    input.value = '';
    if (file.size > LARGEST || !base64) {
      pane.querySelector('output').textContent = '文件须有内容，且不超过 5 MB · A file must not be empty, nor over 5 MB';
      return;
    }
    await act(pane, 'share', { name: file.name, kind: file.type.startsWith('image/') ? 'image' : 'file', base64 });
  };

  list.addEventListener('click', ({ target }) => {
    const entry = target.closest('[data-talk]');
    if (entry && paneOf(entry.dataset.talk)) choose(entry.dataset.talk);
  });
  panes.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-label]');
    if (button) act(button.closest('.pane'), 'press', { label: button.dataset.label });
  });
  panes.addEventListener('submit', (event) => {
    event.preventDefault();
    const pane = event.target.closest('.pane');
    if (event.target.matches('.say')) say(pane); else submit(pane, event.target);
  });
  panes.addEventListener('change', ({ target }) => {
    if (target.matches('.who select')) me = target.value;
    if (target.matches('.share input')) share(target.closest('.pane'), target);
  });
  panes.addEventListener('keydown', (event) => {
    // Enter also ends the input of Chinese, which must not send it.
    const isDone = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    if (!isDone || !event.target.matches('.say textarea')) return;
    event.preventDefault();
    say(event.target.closest('.pane'));
  });
  for (const pane of panes.children) bottom(pane.querySelector('.feed'));
  mark();

  return (news) => {
    const isOpen = list.querySelector('details')?.open;
    list.replaceChildren(parse(news.list));
    const details = list.querySelector('details');
    if (details && isOpen !== undefined) details.open = isOpen;
    const fresh = parse(news.pane).firstElementChild;
    const id = fresh.dataset.talk;
    const pane = paneOf(id);
    let grew = true;
    if (pane) {
      pane.querySelector('.head').replaceChildren(...fresh.querySelector('.head').childNodes);
      const [who, newWho] = [pane, fresh].map((each) => each.querySelector('.who select'));
      const kept = who.value;
      who.replaceChildren(...newWho.childNodes);
      if ([...who.options].some(({ value }) => value === kept)) who.value = kept;
      grew = refill(pane.querySelector('.feed'), fresh.querySelector('.feed'));
    } else {
      fresh.hidden = true;
      panes.append(fresh);
    }
    if (grew && id !== chosen) unread.add(id);
    mark();
    return grew;
  };
};

const desks = new Map([...document.querySelectorAll('.workplace')].map((root) => [root.dataset.platform, openDesk(root)]));
const way = document.querySelector('header a[href="#bot"]');
source.addEventListener('talk', ({ data }) => {
  const news = JSON.parse(data);
  const grew = desks.get(news.platform)?.(news);
  if (grew && location.hash !== '#bot') way.classList.add('news');
});
addEventListener('hashchange', () => {
  if (location.hash !== '#bot') return;
  way.classList.remove('news');
  document.querySelectorAll('#bot .pane:not([hidden]) .feed').forEach(bottom);
});
`;
