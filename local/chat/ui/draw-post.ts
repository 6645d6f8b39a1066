import { toneOf } from '../message-view';
import type { Control, Post, User } from '../workspace';
import { drawLabel, drawTime, drawView, escapeHtml } from './html';
import { stripControls } from './strip-controls';

const BOT = { zh: '机器人', en: 'bot' };
const THREAD = { zh: '回复话题', en: 'Reply in thread' };
const NOT_LATEST = '只能用最新的一个 · Only the latest control of this name works';

/** What a post needs to know of its conversation. */
export interface PostContext {
  readonly users: readonly User[];
  /** The controls that work. */
  readonly activeControls: ReadonlySet<Control>;
  /** Whether each post can start a thread. */
  readonly hasThreads: boolean;
}

export function drawPost(post: Post, { users, activeControls, hasThreads }: PostContext): string {
  const { at, id, by, view, controls } = post;
  const author = by === 'bot' ? drawLabel(BOT) : escapeHtml(nameOf(by, users));
  const { lines, placeholders } = stripControls(post);
  const drawn = controls.map((control) => drawControl(control, activeControls.has(control), placeholders)).join('');
  return [
    `<article class="${by === 'bot' ? `bot ${toneOf(view.mark)}` : 'person'}" data-post="${escapeHtml(id)}">`,
    `<p class="by">${author}</p>`,
    drawView({ ...view, lines, mentions: mentionsOutsideText(post) }),
    drawn && `<div class="controls">${drawn}</div>`,
    hasThreads ? drawThreadButton(post) : '',
    `${drawTime(at)}</article>`,
  ].join('');
}

function drawThreadButton(post: Post): string {
  const title = escapeHtml(previewOf(post).slice(0, 40));
  const label = `💬 ${drawLabel(THREAD)}`;
  return `<button type="button" class="thread" data-thread-of="${escapeHtml(post.id)}" title="${title}">${label}</button>`;
}

/** The first words of a post. */
export function previewOf({ view }: Pick<Post, 'view'>): string {
  return view.title || view.lines.find((line) => line.trim()) || '';
}

/** The name, or the id of an unknown user. */
export function nameOf(id: string, users: readonly User[]): string {
  return users.find((user) => user.id === id)?.name ?? id;
}

function mentionsOutsideText({ view: { lines, mentions } }: Post): string[] {
  return mentions.filter((mention) => !lines.some((line) => line.includes(mention)));
}

/** The controls that a workspace presses or submits: the latest button of each label, and the latest form. */
export function activeControls(posts: readonly Post[]): ReadonlySet<Control> {
  const latest = new Map<string, Control>();
  for (const { controls } of posts) {
    // Of two controls of the same name in one card, the first is active.
    for (const control of controls.toReversed()) {
      latest.set(control.kind === 'form' ? 'form' : `button ${control.label}`, control);
    }
  }
  return new Set(latest.values());
}

type Form = Extract<Control, { kind: 'form' }>;
type Field = Form['fields'][number];
type Placeholders = ReadonlyMap<string, string>;

function drawControl(control: Control, isActive: boolean, placeholders: Placeholders): string {
  if (control.kind === 'form') return drawForm(control, isActive, placeholders);
  const label = escapeHtml(control.label);
  return `<button type="button" class="press" data-label="${label}"${disabled(isActive)}>${label}</button>`;
}

function drawForm({ submit, fields }: Form, isActive: boolean, placeholders: Placeholders): string {
  const inputs = fields.map((field) => drawField(field, placeholders.get(field.name) ?? '')).join('');
  const button = `<button class="press">${escapeHtml(submit)}</button>`;
  return `<form class="fill"><fieldset${disabled(isActive)}>${inputs}${button}</fieldset></form>`;
}

function disabled(isActive: boolean): string {
  return isActive ? '' : ` disabled title="${NOT_LATEST}"`;
}

function drawField(field: Field, placeholder: string): string {
  const { options, label, name, value } = field;
  const input = options
    ? drawSelect(field, options, placeholder)
    : // HTML drops a line break at the beginning of a text area, so there is one more.
      `<textarea data-field="${escapeHtml(name)}" rows="1" placeholder="${escapeHtml(placeholder)}">\n${escapeHtml(value)}</textarea>`;
  return `<label><span>${escapeHtml(label)}</span>${input}</label>`;
}

/** Nothing is selected if the platform has nothing selected. */
function drawSelect({ name, value }: Field, options: NonNullable<Field['options']>, placeholder: string): string {
  const isKnown = options.some((option) => option.value === value);
  const all = isKnown ? options : [{ label: placeholder || '—', value: '' }, ...options];
  const selected = isKnown ? value : '';
  const drawn = all.map((option) => {
    const attribute = option.value === selected ? ' selected' : '';
    return `<option value="${escapeHtml(option.value)}"${attribute}>${escapeHtml(option.label)}</option>`;
  });
  return `<select data-field="${escapeHtml(name)}">${drawn.join('')}</select>`;
}
