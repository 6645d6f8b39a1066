import type { Locale } from '../formatter';
import { type Json, list, text } from '../json';
import { span } from './span';

/** What an alarm measures. */
export interface Measure {
  /** Short enough for a title. */
  name?: string;
  /** The metric with its statistic and period, or the expression and its inputs, one per line. */
  what: string[];
  /** The measured resource: `InstanceId=i-0abc`. */
  of: Map<string, string>;
}

/**
 * Reads `configuration.metrics`: one metric, metric math, an anomaly band or a Metrics Insights query ("Alarm events and
 * EventBridge", CloudWatch User Guide). A composite alarm measures nothing itself.
 */
export function measureOf(metrics: Json | undefined, locale: Locale): Measure {
  const all = list(metrics);
  const visible = all.filter((metric) => !isBand(metric));
  const main = visible.find((metric) => isTrue(metric.returnData)) ?? visible[0];
  const expression = text(main?.expression);
  const inputs = visible.filter((metric) => metric.metricStat);
  const of = new Map(inputs.flatMap(dimensionsOf));
  if (!expression) return { name: nameOf(main), what: main ? [describe(main, locale)] : [], of };
  const lines = inputs.map((metric) => `${text(metric.id) ?? '?'} = ${describe(metric, locale)}`);
  return { name: nameOf(main), what: [join([expression, span(main?.period, locale)]), ...lines], of };
}

function isBand(metric: Json): boolean {
  return text(metric.expression)?.startsWith('ANOMALY_DETECTION_BAND') ?? false;
}

function isTrue(value: unknown): boolean {
  return value === true;
}

/** CloudWatch's name for an expression without a label is `Expression1`. */
function nameOf(main: Json | undefined): string | undefined {
  const label = text(main?.label);
  const query = /^SELECT\s+(\w+\([^)]*\))/i.exec(text(main?.expression) ?? '')?.[1];
  const spoken = label && !/^Expression\d+$/.test(label) ? label : undefined;
  return text(main?.metricStat?.metric?.name) ?? spoken ?? query ?? text(main?.expression);
}

function describe(metric: Json, locale: Locale): string {
  const stat = metric.metricStat;
  const { name, namespace } = stat?.metric ?? {};
  return join([text(name), text(stat?.stat), span(stat?.period, locale), text(namespace), unitOf(stat)]);
}

function unitOf(stat: Json | undefined): string | undefined {
  const unit = text(stat?.unit);
  return unit === 'None' ? undefined : unit;
}

function dimensionsOf(metric: Json): [string, string][] {
  const dimensions = metric.metricStat?.metric?.dimensions;
  if (typeof dimensions !== 'object' || dimensions === null) return [];
  return Object.entries(dimensions).flatMap(([key, value]): [string, string][] => {
    const words = text(value);
    return words ? [[key, words]] : [];
  });
}

function join(parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
