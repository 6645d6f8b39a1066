import type { Locale, LocalizedText } from '../formatter';
import { entry, type Json, list, text } from '../json';
import { join, portOf, remoteOf } from './actor';

/** The action and the actor, each with one line or several. */
export interface Action {
  did: string;
  by: string;
}

const BLOCKED: LocalizedText = { en: 'blocked', 'zh-CN': '已被阻断' };
const DIRECTIONS: Record<string, LocalizedText> = {
  INBOUND: { en: 'inbound', 'zh-CN': '入站' },
  OUTBOUND: { en: 'outbound', 'zh-CN': '出站' },
};

/** By `service.action.actionType`; the fields are those of "Action" in the GuardDuty API Reference. */
const ACTIONS: Record<string, (action: Json, locale: Locale) => Action> = {
  NETWORK_CONNECTION: ({ networkConnectionAction: its }, locale) => {
    const direction = entry(DIRECTIONS, text(its?.connectionDirection));
    const ports = [portOf(its?.localPortDetails), portOf(its?.remotePortDetails)].filter(Boolean).join(' → ');
    return {
      did: join([direction && locale.t(direction), its?.protocol, ports, blocked(its, locale)]),
      by: remoteOf(its?.remoteIpDetails),
    };
  },
  PORT_PROBE: ({ portProbeAction: its }, locale) => ({
    did: join([
      ...unique(list(its?.portProbeDetails).map((one) => portOf(one.localPortDetails))),
      blocked(its, locale),
    ]),
    by: unique(list(its?.portProbeDetails).map((one) => remoteOf(one.remoteIpDetails))).join('\n'),
  }),
  DNS_REQUEST: ({ dnsRequestAction: its }, locale) => ({
    did: join([its?.domain, its?.protocol, blocked(its, locale)]),
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
  RDS_LOGIN_ATTEMPT: ({ rdsLoginAttemptAction: its }, locale) => ({
    did: list(its?.loginAttributes ?? its?.LoginAttributes)
      .map((one) => login(one, locale))
      .join('\n'),
    by: remoteOf(its?.remoteIpDetails),
  }),
};

/** Reads the action; an unknown type is shown by its name, so that it does not look as if nothing happened. */
export function actionOf(action: Json | undefined, locale: Locale): Action {
  const type = text(action?.actionType);
  const read = entry(ACTIONS, type);
  return action && read ? read(action, locale) : { did: type ?? '', by: '' };
}

function login(one: Json, locale: Locale): string {
  const [failed, succeeded] = [text(one.failedLoginAttempts) ?? '0', text(one.successfulLoginAttempts) ?? '0'];
  const counts = {
    en: `${failed} failed, ${succeeded} successful`,
    'zh-CN': `失败 ${failed} 次，成功 ${succeeded} 次`,
  };
  return join([one.user, one.application, locale.t(counts)]);
}

function blocked(its: Json | undefined, locale: Locale): string | undefined {
  const flag: unknown = its?.blocked;
  return flag === true ? locale.t(BLOCKED) : undefined;
}

function unique(values: (string | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value || []))];
}
