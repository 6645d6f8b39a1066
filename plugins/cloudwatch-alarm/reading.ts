import { entry, type Json, list, text } from '../json';

/** The measured value and the threshold. */
export interface Reading {
  value?: string;
  /** `> 80`, or `80` where the event does not name the comparison. */
  threshold?: string;
  /** How many of the time series of a query are in alarm, and of how many. */
  series?: { bad: string; all: string };
  /** The expected band of an anomaly alarm: `12 – 35`. */
  band?: string;
}

const OPERATORS: Record<string, string> = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
  'greater than or equal to': '≥',
  'greater than': '>',
  'less than': '<',
  'less than or equal to': '≤',
};

/**
 * The figures are in `state.reasonData`; where that is missing (SNS) they are in the words of the reason:
 * `1 datapoint [99.5 (01/06/24 11:59:00)] was greater than the threshold (90.0).`
 */
export function readingOf(state: Json | undefined, configuration: Json | undefined): Reading {
  const data = reasonDataOf(state);
  const reason = text(state?.reason) ?? '';
  const limit = number(data?.threshold ?? configuration?.threshold ?? /threshold \(([^)]+)\)/.exec(reason)?.[1]);
  const side = /(greater|less) than( or equal to)?/.exec(reason)?.[0];
  const operator = entry(OPERATORS, text(configuration?.comparisonOperator)) ?? entry(OPERATORS, side);
  const low = number(list(data?.recentLowerThresholds).at(-1));
  const high = number(list(data?.recentUpperThresholds).at(-1));
  return {
    value: latest(data) ?? number(/\[([-+\d.eE]+) \(/.exec(reason)?.[1]),
    threshold: limit && [operator, limit].filter(Boolean).join(' '),
    series: seriesIn(reason),
    band: low && high && `${low} – ${high}`,
  };
}

/** A Metrics Insights alarm says only `2 out of 118 time series evaluated to ALARM`. */
function seriesIn(reason: string): Reading['series'] {
  const [, bad, all] = /^(\d+) out of (\d+) time series/.exec(reason) ?? [];
  return bad && all ? { bad, all } : undefined;
}

/** JSON in a string from EventBridge, an object from SNS; an unreadable one is spelled out in `state.reason` anyway. */
export function reasonDataOf(state: Json | undefined): Json | undefined {
  const data: unknown = state?.reasonData;
  if (typeof data !== 'string') return state?.reasonData;
  try {
    return JSON.parse(data) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The newest value where the times are known; several values without times are all shown. */
function latest(data: Json | undefined): string | undefined {
  const dated = list(data?.evaluatedDatapoints).filter((point) => number(point.value));
  const newest = dated.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
  if (newest) return number(newest.value);
  const values = list(data?.recentDatapoints).flatMap((value) => number(value) ?? []);
  return values.join(', ') || undefined;
}

function timeOf(point: Json): number {
  return Date.parse(text(point.timestamp) ?? '') || 0;
}

/** `99.50160229693434` as `99.5`. */
function number(value: unknown): string | undefined {
  const words = text(value);
  const figure = Number(words);
  if (words === undefined || !Number.isFinite(figure)) return undefined;
  return String(Math.abs(figure) >= 1000 ? Math.round(figure) : Number(figure.toPrecision(4)));
}
