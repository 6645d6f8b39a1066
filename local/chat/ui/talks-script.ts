import { FEED_SCRIPT } from './feed-script';
import { HANDS_SCRIPT } from './hands-script';

/** The browser's half: shows the news of talks, and lets a person act in them. It follows on the script of the rooms. */
export const TALKS_SCRIPT = `${FEED_SCRIPT}${HANDS_SCRIPT}
const openDesk = (root) => {
  const list = root.querySelector('.talks');
  const panes = root.querySelector('.panes');
  const paneOf = (id) => [...panes.children].find((pane) => pane.dataset.talk === id);
  const unread = new Set();
  const { act, say, submit, share } = openHands(root.dataset.platform);
  let chosen = [...panes.children].find((pane) => !pane.hidden)?.dataset.talk;
  let me;
  let awaited;

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
  // Where a thread is only to begin, it is a talk of its own once somebody has said something in it.
  const begin = (pane, thread, gist) => {
    if (thread) pane.dataset.thread = thread; else delete pane.dataset.thread;
    awaited = thread;
    const inside = pane.querySelector('.inside');
    inside.hidden = !thread;
    inside.querySelector('b').textContent = gist;
    if (thread) pane.querySelector('.say textarea').focus();
  };

  list.addEventListener('click', ({ target }) => {
    const entry = target.closest('[data-talk]');
    if (entry && paneOf(entry.dataset.talk)) choose(entry.dataset.talk);
  });
  panes.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-label], [data-thread-of], .inside button');
    if (!button) return;
    const pane = button.closest('.pane');
    const { label, threadOf } = button.dataset;
    if (label !== undefined) act(pane, 'press', { label, talk: pane.dataset.talk });
    else if (threadOf && paneOf(threadOf)) choose(threadOf);
    else begin(pane, threadOf, button.title);
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
    if (id === awaited) { begin(paneOf(chosen)); choose(id); }
    mark();
    return grew;
  };
};

const desks = new Map([...document.querySelectorAll('.workspace')].map((root) => [root.dataset.platform, openDesk(root)]));
const way = document.querySelector('header a[href="#bot"]');
source.addEventListener('talk', ({ data }) => {
  const news = JSON.parse(data);
  const grew = desks.get(news.platform)?.(news);
  if (grew && location.hash !== '#bot') way.classList.add('news');
});
const showEnds = () => document.querySelectorAll('#bot .pane:not([hidden]) .feed').forEach(bottom);
// Before it has loaded, the page does not know yet which part it shows.
addEventListener('load', showEnds);
addEventListener('hashchange', () => {
  if (location.hash !== '#bot') return;
  way.classList.remove('news');
  showEnds();
});
`;
