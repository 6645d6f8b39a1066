import { createHash } from 'node:crypto';
import { type AnsweredRequest, type HttpApiSettings, openHttpApi, type Throttle } from '../../http-api/http-api';
import { type CreateResource, type StackContext, urlSuffixOf } from '../context';
import { createProperties, type Properties } from '../values';

const SUPPORTED = ['DefaultRouteSettings'];
const IGNORED = ['AccessLogSettings', 'Description', 'FailOnWarnings', 'Name', 'PropagateTags', 'Tags'];

/**
 * The default of a throttle is the account's quota: 10,000 requests per second, 5,000 at once (API Gateway Developer Guide,
 * "Amazon API Gateway quotas").
 */
const ACCOUNT_THROTTLE: Throttle = { rate: 10_000, burst: 5000 };

/** AWS::Serverless::HttpApi. Its routes are events of functions. Not supported: stages, authorizers, CORS, domains, settings of single routes. */
export const createHttpApi: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown([...SUPPORTED, ...IGNORED]);
  const apiId = apiIdOf(id, context);
  const domainName = `${apiId}.execute-api.${context.region}.${urlSuffixOf(context.region)}`;
  const settings = { id: apiId, account: context.account, domainName, ...listenOptions(id, context) };
  const api = await openHttpApi(settings);
  const throttle = throttleOf(createProperties(properties.mapping('DefaultRouteSettings')));
  context.apis.set(apiId, { ...api, throttle });
  return { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: api.endpoint } };
};

function listenOptions(id: string, context: StackContext): Pick<HttpApiSettings, 'clock' | 'onAnswered'> {
  const onAnswered = (answered: AnsweredRequest): void => {
    if (answered.reason) context.log(id, `${answered.routeKey ?? 'a request'}: ${answered.status}, ${answered.reason}`);
    context.onAnswered?.(id, answered);
  };
  return { clock: context.clock, onAnswered };
}

/** Ten letters and digits as in AWS, but the same at every start. */
function apiIdOf(id: string, { stackName, account, region }: StackContext): string {
  const hash = createHash('sha256').update(`${account}/${region}/${stackName}/${id}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, 10);
}

function throttleOf(settings: Properties): Throttle | undefined {
  settings.rejectUnknown(['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DetailedMetricsEnabled']);
  const [burst, rate] = ['ThrottlingBurstLimit', 'ThrottlingRateLimit'].map(settings.number);
  if (burst === undefined && rate === undefined) return undefined;
  return { burst: burst ?? ACCOUNT_THROTTLE.burst, rate: rate ?? ACCOUNT_THROTTLE.rate };
}
