import { type Reply, refuse, refuseOld, refuseStorage } from './refusal';
import { STORAGE } from './storage';

export type Kind = 'error' | 'throttle' | 'lost' | 'hang';

/** What goes wrong with the next calls; it wears off by itself. */
export interface Troubles {
  add(path: string, kind: Kind, times: number): void;
  take(path: string): Kind | undefined;
}

export function openTroubles(): Troubles {
  const troubles: { path: string; kind: Kind; times: number }[] = [];
  return {
    add: (path, kind, times) => void troubles.push({ path, kind, times }),
    take(path) {
      const trouble = troubles.find((each) => each.times > 0 && path.includes(each.path));
      if (trouble) trouble.times -= 1;
      return trouble?.kind;
    },
  };
}

/** How either API says that it has trouble, or that it was called too often ("how-to-process-api-throttling"). */
export function failureOf(kind: 'error' | 'throttle', url: URL): Reply {
  if (url.hostname === STORAGE) {
    return kind === 'error'
      ? refuseStorage(500, 'InternalError', 'We encountered an internal error. Please try again.')
      : refuseStorage(503, 'SlowDown', 'Please reduce your request rate.');
  }
  const isOld = url.hostname.startsWith('oapi.');
  if (isOld && url.pathname.startsWith('/robot/')) {
    return kind === 'error'
      ? refuseOld(-1, '系统繁忙')
      : refuseOld(130101, 'send too fast, exceed 20 times per minute');
  }
  if (isOld)
    return kind === 'error'
      ? refuseOld(-1, '系统繁忙')
      : refuseOld(90018, '您的应用调用当前接口的所有请求都被暂时禁用了');
  if (kind === 'error') return refuse(500, 'system.error', '未知的系统错误');
  return refuse(
    403,
    'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了',
  );
}
