import type { Locale } from '../formatter';
import { fact, type Json, list, text } from '../json';
import { endpointOf, join } from './actor';
import type { Resource } from './resource';

/** The attack sequence of a finding ("Sequence" in the GuardDuty API Reference); other findings have none. */
export function sequenceOf(service: Json | undefined): Json | undefined {
  const sequence = service?.detection?.sequence;
  return typeof sequence === 'object' && sequence !== null ? sequence : undefined;
}

/** The resources for the title: the actor's first, then the targets. */
export function involvedIn({ actors, resources }: Json): Resource {
  const named = [
    ...list(actors).map((actor) => actor.user?.name),
    ...list(resources).map(({ name, uid }) => name ?? uid),
  ];
  return { name: '', ids: named.flatMap((one) => text(one) ?? []) };
}

/** The signals in order of time, actors, their addresses, and targets. */
export function sequenceFacts(sequence: Json, locale: Locale) {
  const signals = list(sequence.signals).toSorted((a, b) => seen(a).localeCompare(seen(b)));
  return [
    ...fact(locale.t('resources'), lines(list(sequence.resources).map(resourceLine))),
    ...fact(locale.t({ en: 'Signals', 'zh-CN': '信号' }), lines(signals.map((signal) => signalLine(signal, locale)))),
    ...fact(locale.t({ en: 'Actors', 'zh-CN': '主体' }), lines(list(sequence.actors).map(actorLine))),
    ...fact(locale.t({ en: 'Endpoints', 'zh-CN': '网络端点' }), lines(list(sequence.endpoints).map(endpointOf))),
    ...fact(
      locale.t({ en: 'Indicators', 'zh-CN': '攻击迹象' }),
      lines(list(sequence.sequenceIndicators).map(indicatorLine)),
    ),
  ];
}

function seen(signal: Json): string {
  return text(signal.firstSeenAt) ?? text(signal.createdAt) ?? '';
}

function signalLine(signal: Json, locale: Locale): string {
  const count = text(signal.count);
  return join([seen(signal) && locale.time(seen(signal)), signal.name ?? signal.type, count && `×${count}`]);
}

function actorLine({ user, process, id }: Json): string {
  return join([user?.name ?? process?.name ?? id, user?.type, user?.account?.uid]);
}

function resourceLine({ name, uid, resourceType }: Json): string {
  return join([resourceType, name ?? uid]);
}

function indicatorLine({ title, key, values }: Json): string {
  return join([title ?? key, ...list(values)]);
}

function lines(values: string[]): string {
  return [...new Set(values)].filter(Boolean).join('\n');
}
