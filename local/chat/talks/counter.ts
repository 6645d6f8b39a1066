import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Talk, Workplace } from '../workplace';
import { attend } from './attend';
import { drawList } from './draw-list';
import { drawPane } from './draw-pane';
import type { Miss } from './draw-post';
import { drawWorkplace } from './draw-workplace';

/** Where people watch the case bot, and talk to it. */
export interface Counter {
  /** Every workplace, as HTML; empty where there is none. */
  draw(): string;
  /** What an open page needs to show a talk as it is now. */
  newsOf(talk: Talk, workplace: Workplace): { platform: string; list: string; pane: string };
  /**
   * Answers `GET /talks` with every workplace, and `POST /talks/<platform>/say`, `press`, `submit` and `share` with what became
   * of it; false when the request is for somebody else.
   */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface CounterOptions {
  readonly workplaces: readonly Workplace[];
  /** Milliseconds since 1970. */
  now(): number;
  /** Something went wrong in a talk, which its pages show. */
  changed(talk: Talk, workplace: Workplace): void;
}

export function openCounter({ workplaces, now, changed }: CounterOptions): Counter {
  const misses = new Map<Talk, Miss[]>();
  const missesIn = (talk: Talk) => misses.get(talk) ?? [];
  const failed = (talkId: string, workplace: Workplace, words: Miss['words']) => {
    const talk = workplace.talks.find(({ id }) => id === talkId);
    if (!talk) return;
    const had = missesIn(talk);
    misses.set(talk, [...had, { id: `miss ${had.length}`, at: now(), words }]);
    changed(talk, workplace);
  };
  return {
    draw: () => workplaces.map((workplace) => drawWorkplace(workplace, missesIn)).join(''),
    newsOf: (talk, workplace) => ({
      platform: workplace.platform,
      list: drawList(workplace),
      pane: drawPane(talk, workplace, missesIn(talk), false),
    }),
    serve(request, response) {
      const isOurs = /^\/talks(\/|$)/.test(request.url ?? '');
      if (isOurs) void attend(request, response, { workplaces, failed });
      return isOurs;
    },
  };
}
