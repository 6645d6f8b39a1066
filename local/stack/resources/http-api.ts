import { createHash } from 'node:crypto';
import { type AnsweredRequest, type HttpApiSettings, openHttpApi } from '../../http-api/http-api';
import type { Throttle } from '../../http-api/token-bucket';
import { mappingOf } from '../mapping';
import { createProperties, type Properties } from '../properties';
import { partitionOf } from '../pseudo-parameters';
import type { CreateResource, StackContext } from '../site';

const USED = ['StageName', 'DefaultRouteSettings', 'RouteSettings'];
const UNUSED = ['AccessLogSettings', 'Description', 'FailOnWarnings', 'Name', 'PropagateTags', 'Tags'];

/**
 * What is left unsaid of a throttle: the account's own quota, by default 10,000 requests a second and 5,000 at once
 * (API Gateway Developer Guide, "Amazon API Gateway quotas").
 */
const ACCOUNT: Throttle = { rate: 10_000, burst: 5000 };

/** AWS::Serverless::HttpApi. Its routes come with the events of functions; authorizers, CORS and domains are refused. */
export const createHttpApi: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown([...USED, ...UNUSED]);
  const apiId = apiIdOf(id, site);
  const domainName = `${apiId}.execute-api.${site.region}.${partitionOf(site.region).suffix}`;
  const stage = properties.text('StageName') ?? '$default';
  const settings = { id: apiId, account: site.account, domainName, stage, ...listening(id, site) };
  const api = await openHttpApi(settings);
  site.apis.set(apiId, { ...api, throttleOf: (routeKey, own) => throttleOf(routeKey, own, properties) });
  return { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: api.endpoint } };
};

function listening(id: string, site: StackContext): Pick<HttpApiSettings, 'port' | 'clock' | 'onAnswered'> {
  const onAnswered = (answered: AnsweredRequest): void => {
    if (answered.reason) site.log(id, `${answered.routeKey ?? 'a request'}: ${answered.status}, ${answered.reason}`);
    site.onAnswered?.(id, answered);
  };
  return { port: site.ports[id] ?? 0, clock: site.clock, onAnswered };
}

/** Ten letters and digits, as real ones are, but the same at every start. */
function apiIdOf(id: string, { stackName, account, region }: StackContext): string {
  const hash = createHash('sha256').update(`${account}/${region}/${stackName}/${id}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, 10);
}

/** A route's own settings count more than the stage's for it, and those more than the default. */
function throttleOf(routeKey: string, own: Properties, api: Properties): Throttle | undefined {
  const ofStage = mappingOf(api.mapping('RouteSettings')[routeKey], `RouteSettings: ${routeKey}`);
  const levels = [own, createProperties(ofStage), createProperties(api.mapping('DefaultRouteSettings'))];
  const find = (name: string): number | undefined =>
    levels.map((level) => level.number(name)).find((one) => one !== undefined);
  for (const level of levels)
    level.rejectUnknown(['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DetailedMetricsEnabled']);
  const [burst, rate] = [find('ThrottlingBurstLimit'), find('ThrottlingRateLimit')];
  if (burst === undefined && rate === undefined) return undefined;
  return { burst: burst ?? ACCOUNT.burst, rate: rate ?? ACCOUNT.rate };
}
