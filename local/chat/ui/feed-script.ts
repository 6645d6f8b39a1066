/** How the browser puts news into a feed. */
export const FEED_SCRIPT = `
const parse = (html) => { const box = document.createElement('template'); box.innerHTML = html; return box.content; };
const drawn = new WeakMap();

// What somebody is filling in is not touched by news: only posts that are new or have changed are put in.
const refill = (feed, fresh) => {
  const isAtEnd = feed.scrollHeight - feed.scrollTop - feed.clientHeight < 60;
  const known = new Map([...feed.children].map((post) => [post.dataset.post, post]));
  let at = feed.firstElementChild;
  let grew = false;
  for (const post of [...fresh.children]) {
    const old = known.get(post.dataset.post);
    const isSame = old && (drawn.get(old) ?? old.outerHTML) === post.outerHTML;
    if (!isSame) drawn.set(post, post.outerHTML);
    if (old && !isSame) { if (old === at) at = post; old.replaceWith(post); }
    if (!old && post.dataset.post) { post.classList.add('new'); grew = true; }
    const wanted = isSame ? old : post;
    if (wanted === at) at = at.nextElementSibling; else feed.insertBefore(wanted, at);
  }
  while (at) { const gone = at; at = at.nextElementSibling; gone.remove(); }
  if (isAtEnd) bottom(feed);
  return grew;
};
`;
