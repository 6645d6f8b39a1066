import type { Outcome } from '../chat/ui/outcome';
import type { WorkspaceData } from '../chat/ui/talks-data';

/** The application that `npm start` runs, from outside of its process. */
export interface ApplicationDoor {
  /** Every workplace as it is now. Throws when nothing answers. */
  look(): Promise<readonly WorkspaceData[]>;
  /** Throws what the application has against it. */
  act(platform: string, way: string, input: object): Promise<Outcome>;
  /** Resolves when everything has been told; never where that is not known. */
  idle(signal: AbortSignal): Promise<void>;
}

/** @param url `http://127.0.0.1:port` */
export function openApplicationDoor(url: string): ApplicationDoor {
  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    if (!response) throw new Error(`Nothing answers at ${url}: run npm start first, or name its port with --port.`);
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer) return answer;
    throw new Error(Object(answer).error ?? `What answers at ${url} is not Casebell.`);
  }
  return {
    look: async () => (await ask('/talks')) as readonly WorkspaceData[],
    async act(platform, way, input) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
      return (await ask(`/talks/${platform}/${way}`, init)) as Outcome;
    },
    async idle(signal) {
      const response = await fetch(`${url}/idle`, { signal }).catch(() => undefined);
      if (!response?.ok) await new Promise(() => undefined);
    },
  };
}
