import type { Card, Locale } from '../formatter';

type Links = NonNullable<Card['links']>;

/** A dimension that names one thing with a page of its own: `[service, path]`. */
const PAGES: Record<string, (id: string) => [service: string, path: string]> = {
  InstanceId: (id) => ['ec2', `#InstanceDetails:instanceId=${id}`],
  FunctionName: (id) => ['lambda', `#/functions/${id}`],
  DBInstanceIdentifier: (id) => ['rds', `#database:id=${id};is-cluster=false`],
};

/** A name of 255 Chinese characters is longer than a link may be; the list of alarms is better than no card. */
const LONGEST = 1800;

/** The alarm, and the page of what it measures where there is one. */
export function linksOf(alarm: string | undefined, of: Map<string, string>, region: string, locale: Locale): Links {
  const name = encode(alarm ?? '');
  const page = name && name.length < LONGEST ? `#alarmsV2:alarm/${name}` : '#alarmsV2:';
  const things = Object.entries(PAGES).flatMap(([dimension, pageOf]) => {
    const id = of.get(dimension);
    if (!id || encode(id).length > LONGEST) return [];
    const [service, path] = pageOf(encode(id));
    return [{ label: id, url: locale.console(service, region, path) }];
  });
  return [{ label: 'CloudWatch', url: locale.console('cloudwatch', region, page) }, ...things];
}

/** Half a surrogate pair would make the encoding throw, and an alert is worth more than its link. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''));
}
