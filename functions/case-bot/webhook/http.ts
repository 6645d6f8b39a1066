import type { CallbackReply, CallbackRequest } from '@casebell/im/bots';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The request as it came in, byte for byte (API Gateway Developer Guide, payload format 2.0: header names in lower case). */
export function readRequest({
  headers,
  body = '',
  isBase64Encoded,
  requestContext,
}: APIGatewayProxyEventV2): CallbackRequest {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? '']);
  return {
    method: requestContext.http.method,
    headers: Object.fromEntries(given),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function toResponse({ status, body }: CallbackReply): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status };
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  return { statusCode: status, headers: { 'content-type': type }, body: isText ? body : JSON.stringify(body) };
}
