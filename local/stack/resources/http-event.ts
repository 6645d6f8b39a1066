import { DEFAULT_PATTERN, parsePattern, type RoutePattern } from '../../http-api/route-pattern';
import { createProperties, type Properties } from '../properties';
import { TemplateError } from '../template-error';
import type { Connect } from './event-source';

/** In ms: the least and the most that an integration of an HTTP API may wait, and what it waits if nothing is said. */
const TIMEOUT = { least: 50, most: 30_000 } as const;

/** The event type HttpApi: a route to the function. Names its API, so that no API is made that the template does not show. */
export const connectHttp: Connect = async (_name, properties, deployed, site) => {
  properties.rejectUnknown(['ApiId', 'Path', 'Method', 'PayloadFormatVersion', 'TimeoutInMillis', 'RouteSettings']);
  const format = properties.text('PayloadFormatVersion') ?? '2.0';
  if (format !== '2.0') throw new TemplateError('PayloadFormatVersion must be "2.0" on the local stack.');
  const pattern = patternOf(properties);
  const api = site.apis.get(properties.requiredText('ApiId'));
  if (!api) throw new TemplateError('ApiId is not the id of an HTTP API of this stack.');
  const throttle = api.throttleOf(pattern.key, createProperties(properties.mapping('RouteSettings')));
  api.add({ pattern, timeoutMs: timeoutOf(properties), throttle, invoke: deployed.code.invoke });
};

/** SAM takes both or neither, and makes neither the default route. */
function patternOf(properties: Properties): RoutePattern {
  const [method, path] = [properties.text('Method'), properties.text('Path')];
  if (method === undefined && path === undefined) return DEFAULT_PATTERN;
  return parsePattern(properties.requiredText('Method'), properties.requiredText('Path'));
}

function timeoutOf(properties: Properties): number {
  const timeout = properties.number('TimeoutInMillis') ?? TIMEOUT.most;
  const fits = timeout >= TIMEOUT.least && timeout <= TIMEOUT.most;
  if (!fits) throw new TemplateError(`TimeoutInMillis must be from ${TIMEOUT.least} to ${TIMEOUT.most}.`);
  return timeout;
}
