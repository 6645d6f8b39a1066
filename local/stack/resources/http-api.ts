import { createHash } from 'node:crypto';
import { type AnsweredRequest, type HttpApiSettings, openHttpApi } from '../../http-api/http-api';
import type { Throttle } from '../../http-api/token-bucket';
import type { CreateResource, StackContext } from '../context';
import { urlSuffixOf } from '../context';
import { createProperties, mappingOf, type Properties } from '../values';

const USED = ['StageName', 'DefaultRouteSettings', 'RouteSettings'];
const UNUSED = ['AccessLogSettings', 'Description', 'FailOnWarnings', 'Name', 'PropagateTags', 'Tags'];

/**
 * The default of a throttle is the account's quota: 10,000 requests per second, 5,000 at once (API Gateway Developer Guide,
 * "Amazon API Gateway quotas").
 */
const ACCOUNT_THROTTLE: Throttle = { rate: 10_000, burst: 5000 };

/** AWS::Serverless::HttpApi. Its routes are events of functions. Not supported: authorizers, CORS, domains. */
export const createHttpApi: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown([...USED, ...UNUSED]);
  const apiId = apiIdOf(id, context);
  const domainName = `${apiId}.execute-api.${context.region}.${urlSuffixOf(context.region)}`;
  const stage = properties.text('StageName') ?? '$default';
  const settings = { id: apiId, account: context.account, domainName, stage, ...listenOptions(id, context) };
  const api = await openHttpApi(settings);
  context.apis.set(apiId, { ...api, throttleOf: (routeKey, own) => throttleOf(routeKey, own, properties) });
  return { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: api.endpoint } };
};

function listenOptions(id: string, context: StackContext): Pick<HttpApiSettings, 'port' | 'clock' | 'onAnswered'> {
  const onAnswered = (answered: AnsweredRequest): void => {
    if (answered.reason) context.log(id, `${answered.routeKey ?? 'a request'}: ${answered.status}, ${answered.reason}`);
    context.onAnswered?.(id, answered);
  };
  return { port: context.ports[id] ?? 0, clock: context.clock, onAnswered };
}

/** Ten letters and digits as in AWS, but the same at every start. */
function apiIdOf(id: string, { stackName, account, region }: StackContext): string {
  const hash = createHash('sha256').update(`${account}/${region}/${stackName}/${id}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, 10);
}

/** The settings of the route's event override the stage's settings for the route, and those override the default. */
function throttleOf(routeKey: string, own: Properties, api: Properties): Throttle | undefined {
  const ofStage = mappingOf(api.mapping('RouteSettings')[routeKey], `RouteSettings: ${routeKey}`);
  const levels = [own, createProperties(ofStage), createProperties(api.mapping('DefaultRouteSettings'))];
  const find = (name: string): number | undefined =>
    levels.map((level) => level.number(name)).find((one) => one !== undefined);
  for (const level of levels)
    level.rejectUnknown(['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DetailedMetricsEnabled']);
  const [burst, rate] = [find('ThrottlingBurstLimit'), find('ThrottlingRateLimit')];
  if (burst === undefined && rate === undefined) return undefined;
  return { burst: burst ?? ACCOUNT_THROTTLE.burst, rate: rate ?? ACCOUNT_THROTTLE.rate };
}
