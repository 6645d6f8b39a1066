import type { Both, Say } from '../formatter';
import { entry, type Json, list, text } from '../json';
import { join, portOf, remoteOf } from './actor';

/** What was done, and by whom, each one line or several. */
export interface Action {
  did: string;
  by: string;
}

const BLOCKED: Both = { en: 'blocked', 'zh-CN': '已被阻断' };
const DIRECTIONS: Record<string, Both> = {
  INBOUND: { en: 'inbound', 'zh-CN': '入站' },
  OUTBOUND: { en: 'outbound', 'zh-CN': '出站' },
};

/** By `service.action.actionType`; the fields are those of "Action" in the GuardDuty API Reference. */
const ACTIONS: Record<string, (action: Json, say: Say) => Action> = {
  NETWORK_CONNECTION: ({ networkConnectionAction: its }, say) => {
    const direction = entry(DIRECTIONS, text(its?.connectionDirection));
    const ports = [portOf(its?.localPortDetails), portOf(its?.remotePortDetails)].filter(Boolean).join(' → ');
    return {
      did: join([direction && say.t(direction), its?.protocol, ports, blocked(its, say)]),
      by: remoteOf(its?.remoteIpDetails),
    };
  },
  PORT_PROBE: ({ portProbeAction: its }, say) => ({
    did: join([...unique(list(its?.portProbeDetails).map((one) => portOf(one.localPortDetails))), blocked(its, say)]),
    by: unique(list(its?.portProbeDetails).map((one) => remoteOf(one.remoteIpDetails))).join('\n'),
  }),
  DNS_REQUEST: ({ dnsRequestAction: its }, say) => ({
    did: join([its?.domain, its?.protocol, blocked(its, say)]),
    by: '',
  }),
  AWS_API_CALL: ({ awsApiCallAction: its }) => ({
    did: join([its?.api, its?.serviceName, its?.errorCode]),
    by: join([
      remoteOf(its?.remoteIpDetails),
      its?.domainDetails?.domain,
      its?.remoteAccountDetails?.accountId,
      its?.userAgent,
    ]),
  }),
  KUBERNETES_API_CALL: ({ kubernetesApiCallAction: its }) => ({
    did: join([its?.verb, its?.requestUri, its?.namespace, its?.statusCode]),
    by: join([remoteOf(its?.remoteIpDetails) || join(list(its?.sourceIPs)), its?.userAgent]),
  }),
  RDS_LOGIN_ATTEMPT: ({ rdsLoginAttemptAction: its }, say) => ({
    did: list(its?.loginAttributes ?? its?.LoginAttributes)
      .map((one) => login(one, say))
      .join('\n'),
    by: remoteOf(its?.remoteIpDetails),
  }),
};

/** Reads the action; a type that we do not know is named, so that nobody thinks that nothing happened. */
export function actionOf(action: Json | undefined, say: Say): Action {
  const type = text(action?.actionType);
  const read = entry(ACTIONS, type);
  return action && read ? read(action, say) : { did: type ?? '', by: '' };
}

function login(one: Json, say: Say): string {
  const [failed, succeeded] = [text(one.failedLoginAttempts) ?? '0', text(one.successfulLoginAttempts) ?? '0'];
  const counts = {
    en: `${failed} failed, ${succeeded} successful`,
    'zh-CN': `失败 ${failed} 次，成功 ${succeeded} 次`,
  };
  return join([one.user, one.application, say.t(counts)]);
}

function blocked(its: Json | undefined, say: Say): string | undefined {
  const flag: unknown = its?.blocked;
  return flag === true ? say.t(BLOCKED) : undefined;
}

function unique(values: (string | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value || []))];
}
