import type { Card, Locale } from '../formatter';

type Links = NonNullable<Card['links']>;

/** A dimension whose resource has a console page: `[service, path]`. */
const PAGES: Record<string, (id: string) => [service: string, path: string]> = {
  InstanceId: (id) => ['ec2', `#InstanceDetails:instanceId=${id}`],
  FunctionName: (id) => ['lambda', `#/functions/${id}`],
  DBInstanceIdentifier: (id) => ['rds', `#database:id=${id};is-cluster=false`],
};

/** A name of 255 Chinese characters exceeds a link's maximum length; the list of alarms is better than no card. */
const LONGEST = 1800;

/** Links to the alarm and to the page of the measured resource, where there is one. */
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

/** A lone surrogate makes the encoding throw, and an alert matters more than its link. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''));
}
