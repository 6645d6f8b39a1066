// The browser's half of the page: it shows every update that the server sends, and sends what people do in a conversation.

// ---- rooms

const rooms = document.querySelectorAll('#rooms .feed');
const live = document.querySelector('#live');
const scrollToEnd = (feed) => {
  feed.scrollTop = feed.scrollHeight;
};
rooms.forEach(scrollToEnd);
const source = new EventSource('/live');
source.onopen = () => {
  live.className = 'on';
};
source.onerror = () => {
  live.className = '';
};
source.onmessage = ({ data }) => {
  const { room, html } = JSON.parse(data);
  const feed = rooms[room];
  if (feed.dataset.last === html) return;
  const isUpdate = feed.dataset.last !== undefined;
  feed.dataset.last = html;
  feed.innerHTML = html;
  if (isUpdate) feed.lastElementChild?.classList.add('new');
  scrollToEnd(feed);
};
addEventListener('hashchange', () => rooms.forEach(scrollToEnd));

// ---- updates of a conversation

const parseHtml = (html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
};
const originalHtml = new WeakMap();

// An update keeps what a person is filling in: it inserts only posts that are new or have changed.
const updateFeed = (feed, fresh) => {
  const isAtEnd = feed.scrollHeight - feed.scrollTop - feed.clientHeight < 60;
  const known = new Map([...feed.children].map((post) => [post.dataset.post, post]));
  let at = feed.firstElementChild;
  let hasNewPosts = false;
  for (const post of [...fresh.children]) {
    const old = known.get(post.dataset.post);
    const isSame = old && (originalHtml.get(old) ?? old.outerHTML) === post.outerHTML;
    if (!isSame) originalHtml.set(post, post.outerHTML);
    if (old && !isSame) {
      if (old === at) at = post;
      old.replaceWith(post);
    }
    if (!old && post.dataset.post) {
      post.classList.add('new');
      hasNewPosts = true;
    }
    const wanted = isSame ? old : post;
    if (wanted === at) at = at.nextElementSibling;
    else feed.insertBefore(wanted, at);
  }
  while (at) {
    const removed = at;
    at = at.nextElementSibling;
    removed.remove();
  }
  if (isAtEnd) scrollToEnd(feed);
  return hasNewPosts;
};

// ---- actions of a person

const NO_ANSWER = '本机的应用没有应答 · The application on this machine does not answer';
const WRONG_SIZE = '文件须有内容，且不超过 5 MB · A file must not be empty, nor over 5 MB';
const MAX_FILE_BYTES = 5 * 2 ** 20;

// The value of a field before a person changed it.
const initialValue = (field) =>
  field.defaultValue ?? [...field.options].find((option) => option.defaultSelected)?.value ?? '';

const readBase64 = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => resolve('');
    reader.readAsDataURL(file);
  });

const act = async (platform, pane, action, body) => {
  const output = pane.querySelector('output');
  const show = (text, kind) => {
    output.textContent = text;
    output.className = kind;
  };
  show('…', '');
  try {
    const by = pane.querySelector('.who select').value;
    const conversation = pane.dataset.thread ?? pane.dataset.conversation;
    const response = await fetch(`/conversations/${platform}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by, conversation, ...body }),
    });
    const { text, kind, error } = await response.json();
    show(error ?? `${text.zh} · ${text.en}`, kind ?? 'failed');
    return response.ok;
  } catch {
    show(NO_ANSWER, 'failed');
    return false;
  }
};

const say = async (platform, pane) => {
  const box = pane.querySelector('.say textarea');
  const text = box.value;
  if (!text.trim()) return;
  box.value = '';
  scrollToEnd(pane.querySelector('.feed'));
  const mention = pane.querySelector('.mention input')?.checked ?? false;
  if (!(await act(platform, pane, 'say', { text, mention })) && !box.value) box.value = text;
};

const submit = (platform, pane, form) => {
  const changed = [...form.querySelectorAll('[data-field]')].filter((field) => field.value !== initialValue(field));
  const values = Object.fromEntries(changed.map((field) => [field.dataset.field, field.value]));
  return act(platform, pane, 'submit', { values, conversation: pane.dataset.conversation });
};

const share = async (platform, pane, input) => {
  const [file] = input.files;
  if (!file) return;
  const base64 = file.size > MAX_FILE_BYTES ? '' : await readBase64(file);
  input.value = '';
  if (!base64) {
    pane.querySelector('output').textContent = WRONG_SIZE;
    return;
  }
  const kind = file.type.startsWith('image/') ? 'image' : 'file';
  await act(platform, pane, 'share', { name: file.name, kind, base64 });
};

// ---- one workspace: its list of conversations and their panes

const openWorkspace = (root) => {
  const { platform } = root.dataset;
  const list = root.querySelector('.conversations');
  const panes = root.querySelector('.panes');
  const paneOf = (id) => [...panes.children].find((pane) => pane.dataset.conversation === id);
  const unread = new Set();
  let selected = [...panes.children].find((pane) => !pane.hidden)?.dataset.conversation;
  let author;
  let pendingThread;

  const markEntries = () => {
    for (const entry of list.querySelectorAll('[data-conversation]')) {
      entry.setAttribute('aria-pressed', entry.dataset.conversation === selected);
      entry.classList.toggle('news', unread.has(entry.dataset.conversation));
    }
  };
  const select = (id) => {
    selected = id;
    unread.delete(id);
    for (const pane of panes.children) pane.hidden = pane.dataset.conversation !== id;
    const pane = paneOf(id);
    const who = pane.querySelector('.who select');
    if ([...who.options].some(({ value }) => value === author)) who.value = author;
    scrollToEnd(pane.querySelector('.feed'));
    markEntries();
  };
  // A new thread becomes a conversation with its first reply.
  const beginThread = (pane, thread, preview) => {
    if (thread) pane.dataset.thread = thread;
    else delete pane.dataset.thread;
    pendingThread = thread;
    const inside = pane.querySelector('.inside');
    inside.hidden = !thread;
    inside.querySelector('b').textContent = preview;
    if (thread) pane.querySelector('.say textarea').focus();
  };

  list.addEventListener('click', ({ target }) => {
    const entry = target.closest('[data-conversation]');
    if (entry && paneOf(entry.dataset.conversation)) select(entry.dataset.conversation);
  });
  panes.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-label], [data-thread-of], .inside button');
    if (!button) return;
    const pane = button.closest('.pane');
    const { label, threadOf } = button.dataset;
    if (label !== undefined) act(platform, pane, 'press', { label, conversation: pane.dataset.conversation });
    else if (threadOf && paneOf(threadOf)) select(threadOf);
    else beginThread(pane, threadOf, button.title);
  });
  panes.addEventListener('submit', (event) => {
    event.preventDefault();
    const pane = event.target.closest('.pane');
    if (event.target.matches('.say')) say(platform, pane);
    else submit(platform, pane, event.target);
  });
  panes.addEventListener('change', ({ target }) => {
    if (target.matches('.who select')) author = target.value;
    if (target.matches('.share input')) share(platform, target.closest('.pane'), target);
  });
  panes.addEventListener('keydown', (event) => {
    // Enter also ends the composition of Chinese text, which must not send the message.
    const isDone = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    if (!isDone || !event.target.matches('.say textarea')) return;
    event.preventDefault();
    say(platform, event.target.closest('.pane'));
  });
  for (const pane of panes.children) scrollToEnd(pane.querySelector('.feed'));
  markEntries();

  const updateList = (html) => {
    const isOpen = list.querySelector('details')?.open;
    list.replaceChildren(parseHtml(html));
    const details = list.querySelector('details');
    if (details && isOpen !== undefined) details.open = isOpen;
  };
  const updatePane = (pane, fresh) => {
    pane.querySelector('.head').replaceChildren(...fresh.querySelector('.head').childNodes);
    const [who, newWho] = [pane, fresh].map((each) => each.querySelector('.who select'));
    const kept = who.value;
    who.replaceChildren(...newWho.childNodes);
    if ([...who.options].some(({ value }) => value === kept)) who.value = kept;
    return updateFeed(pane.querySelector('.feed'), fresh.querySelector('.feed'));
  };
  const addPane = (pane) => {
    pane.hidden = true;
    panes.append(pane);
    return true;
  };
  return (update) => {
    updateList(update.list);
    const fresh = parseHtml(update.pane).firstElementChild;
    const id = fresh.dataset.conversation;
    const pane = paneOf(id);
    const hasNewPosts = pane ? updatePane(pane, fresh) : addPane(fresh);
    if (hasNewPosts && id !== selected) unread.add(id);
    if (id === pendingThread) {
      beginThread(paneOf(selected));
      select(id);
    }
    markEntries();
    return hasNewPosts;
  };
};

// ---- all workspaces

const workspaces = new Map(
  [...document.querySelectorAll('.workspace')].map((root) => [root.dataset.platform, openWorkspace(root)]),
);
const botLink = document.querySelector('header a[href="#bot"]');
source.addEventListener('conversation', ({ data }) => {
  const update = JSON.parse(data);
  const hasNewPosts = workspaces.get(update.platform)?.(update);
  if (hasNewPosts && location.hash !== '#bot') botLink.classList.add('news');
});
const showEnds = () => document.querySelectorAll('#bot .pane:not([hidden]) .feed').forEach(scrollToEnd);
// The page knows which part it shows only after it has loaded.
addEventListener('load', showEnds);
addEventListener('hashchange', () => {
  if (location.hash !== '#bot') return;
  botLink.classList.remove('news');
  showEnds();
});
