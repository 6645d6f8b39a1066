import { parsePattern } from '../../http-api/routes';
import { type Properties, TemplateError } from '../values';
import type { Connect } from './event-source';

/** Limits of an HTTP API's integration timeout; the maximum is the default. */
const [MIN_TIMEOUT_MS, MAX_TIMEOUT_MS] = [50, 30_000];

/** Event type HttpApi: a route to the function. ApiId is required, so no implicit API is created. */
export const connectHttp: Connect = async (_name, properties, deployed, context) => {
  properties.rejectUnknown(['ApiId', 'Path', 'Method', 'PayloadFormatVersion', 'TimeoutInMillis']);
  const format = properties.text('PayloadFormatVersion') ?? '2.0';
  if (format !== '2.0') throw new TemplateError('PayloadFormatVersion must be "2.0" on the local stack.');
  const pattern = parsePattern(properties.requiredText('Method'), properties.requiredText('Path'));
  const api = context.apis.get(properties.requiredText('ApiId'));
  if (!api) throw new TemplateError('ApiId is not the id of an HTTP API of this stack.');
  api.add({ pattern, timeoutMs: timeoutOf(properties), throttle: api.throttle, invoke: deployed.code.invoke });
};

function timeoutOf(properties: Properties): number {
  const timeout = properties.number('TimeoutInMillis') ?? MAX_TIMEOUT_MS;
  const isInRange = timeout >= MIN_TIMEOUT_MS && timeout <= MAX_TIMEOUT_MS;
  if (!isInRange) throw new TemplateError(`TimeoutInMillis must be from ${MIN_TIMEOUT_MS} to ${MAX_TIMEOUT_MS}.`);
  return timeout;
}
