/** What is wrong with a template or its parameters, in words for the person who wrote them. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
