import type { Outcome, WorkspaceData } from '../chat/ui/actions';

/** The application that `npm start` runs, over HTTP. */
export interface ApplicationClient {
  /** Every workspace with its current conversations. Throws if nothing answers. */
  readWorkspaces(): Promise<readonly WorkspaceData[]>;
  /** Throws the error of the application. */
  act(platform: string, action: string, input: object): Promise<Outcome>;
  /** Resolves when all work is done; never if the application cannot report that. */
  idle(signal: AbortSignal): Promise<void>;
}

/** @param url `http://127.0.0.1:port` */
export function createClient(url: string): ApplicationClient {
  async function request(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    if (!response) throw new Error(`Nothing answers at ${url}: run npm start first, or name its port with --port.`);
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && body) return body;
    throw new Error(Object(body).error ?? `The server at ${url} is not Casebell.`);
  }
  return {
    readWorkspaces: async () => (await request('/conversations')) as readonly WorkspaceData[],
    async act(platform, action, input) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
      return (await request(`/conversations/${platform}/${action}`, init)) as Outcome;
    },
    async idle(signal) {
      const response = await fetch(`${url}/idle`, { signal }).catch(() => undefined);
      if (!response?.ok) await new Promise(() => undefined);
    },
  };
}
