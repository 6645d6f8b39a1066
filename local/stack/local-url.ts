import type { HttpApi } from '../http-api/http-api';

/** The same url on this machine, with stage, path and query. Throws for a url that is none of these APIs'. */
export function localUrl(url: string, apis: readonly Pick<HttpApi, 'endpoint' | 'url'>[]): string {
  const { origin } = new URL(url);
  const api = apis.find(({ endpoint }) => endpoint === origin);
  if (!api) throw new Error(`No API of the stack answers at ${origin}.`);
  return api.url + url.slice(api.endpoint.length);
}
