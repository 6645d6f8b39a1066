/** `+json` and `+xml` are what a type is built on: RFC 6839. */
const TEXT_TYPES = /^(text\/.+|application\/(json|javascript|xml)|[^/]+\/.+\+(json|xml))$/;

/**
 * A body as it stands in an event. The guide says only that there are both forms; that a type counts, and which, is observed:
 * text for text/*, JSON, JavaScript and XML, base64 for everything else. So a form (`application/x-www-form-urlencoded`, what
 * Slack sends) is base64: seen by users of real HTTP APIs, e.g. middyjs/middy pull request 603. Without a content type:
 * uncertain, taken for "everything else".
 *
 * Text that is not UTF-8 cannot stand in JSON as it is. What API Gateway makes of it is not documented; here each wrong byte
 * becomes U+FFFD, so that its signature is wrong too.
 */
export function toEventBody(
  body: Buffer,
  contentType: string | undefined,
): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const [type = ''] = (contentType ?? '').split(';');
  const isText = TEXT_TYPES.test(type.trim().toLowerCase());
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}
