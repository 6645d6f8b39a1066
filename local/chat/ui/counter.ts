import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Conversation, Workspace } from '../workspace';
import { attend } from './attend';
import { drawList } from './draw-list';
import { drawPane } from './draw-pane';
import type { Miss } from './draw-post';
import { drawWorkspace } from './draw-workspace';

/** Where people watch the case bot, and talk to it. */
export interface Counter {
  /** Every workspace, as HTML; empty where there is none. */
  draw(): string;
  /** What an open page needs to show a talk as it is now. */
  newsOf(talk: Conversation, workspace: Workspace): { platform: string; list: string; pane: string };
  /**
   * Answers `GET /talks` with every workspace, and `POST /talks/<platform>/say`, `press`, `submit` and `share` with what became
   * of it; false when the request is for somebody else.
   */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface CounterOptions {
  readonly workspaces: readonly Workspace[];
  /** Milliseconds since 1970. */
  now(): number;
  /** Something went wrong in a talk, which its pages show. */
  changed(talk: Conversation, workspace: Workspace): void;
}

export function openCounter({ workspaces, now, changed }: CounterOptions): Counter {
  const misses = new Map<Conversation, Miss[]>();
  const missesIn = (talk: Conversation) => misses.get(talk) ?? [];
  const failed = (talkId: string, workspace: Workspace, words: Miss['words']) => {
    const talk = workspace.conversations.find(({ id }) => id === talkId);
    if (!talk) return;
    const had = missesIn(talk);
    misses.set(talk, [...had, { id: `miss ${had.length}`, at: now(), words }]);
    changed(talk, workspace);
  };
  return {
    draw: () => workspaces.map((workspace) => drawWorkspace(workspace, missesIn)).join(''),
    newsOf: (talk, workspace) => ({
      platform: workspace.platform,
      list: drawList(workspace),
      pane: drawPane(talk, workspace, missesIn(talk), false),
    }),
    serve(request, response) {
      const isOurs = /^\/talks(\/|$)/.test(request.url ?? '');
      if (isOurs) void attend(request, response, { workspaces, failed });
      return isOurs;
    },
  };
}
