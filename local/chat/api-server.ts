import type { ApiRequest, ApiResponse, Workspace } from './workspace';

type FaultKind = Parameters<Workspace['injectFault']>[1];

export interface ApiServerOptions {
  respond(request: ApiRequest): ApiResponse | Promise<ApiResponse>;
  /** How the platform reports its own failure, or that it was called too often. */
  failWith(kind: 'error' | 'throttle', url: URL): ApiResponse;
  isRejection(response: ApiResponse): boolean;
}

/** The API of a workspace: records what it rejects, and fails on demand. */
export function createApiServer({
  respond,
  failWith,
  isRejection,
}: ApiServerOptions): Pick<Workspace, 'rejections' | 'injectFault' | 'handleApiRequest'> {
  const faults: { path: string; kind: FaultKind; times: number }[] = [];
  const rejections: { path: string; status: number; body: unknown }[] = [];

  function nextFault(path: string): FaultKind | undefined {
    const fault = faults.find((each) => each.times > 0 && path.includes(each.path));
    if (fault) fault.times -= 1;
    return fault?.kind;
  }

  return {
    rejections,
    injectFault: (path, kind, times) => void faults.push({ path, kind, times }),
    async handleApiRequest(request) {
      const { url } = request;
      const fault = nextFault(url.pathname);
      if (fault === 'hang') return 'silent';
      const isFailure = fault === 'error' || fault === 'throttle';
      const response = isFailure ? failWith(fault, url) : await respond(request);
      const { status, body } = response;
      if (isRejection(response)) rejections.push({ path: url.pathname, status, body });
      return fault === 'lost' ? 'cut' : response;
    },
  };
}
