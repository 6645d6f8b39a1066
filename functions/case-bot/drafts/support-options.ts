import type { MessageContext } from '../domain/context';
import type { SupportClient, SupportOption, SupportService } from '../domain/support-client';

/** What may be chosen for a case of one account: what AWS offers to its plan, narrowed by the bot's profile. */
export interface SupportOptions {
  services: readonly SupportService[];
  severities: readonly SupportOption[];
}

export async function loadSupportOptions(
  supportClient: SupportClient,
  { bot }: Pick<MessageContext, 'bot'>,
): Promise<SupportOptions> {
  const [services, severities] = await Promise.all([supportClient.listServices(), supportClient.listSeverities()]);
  return {
    services: byUse(services.filter(({ code }) => isAllowed(code, bot.services))),
    severities: severities.filter(({ code }) => isAllowed(code, bot.severities)),
  };
}

const isAllowed = (code: string, allowed: readonly string[]): boolean => allowed.length === 0 || allowed.includes(code);

/** What most cases are about comes first: where a platform cannot show all, these stay. */
const OFTEN = [
  ...[
    'elastic-compute-cloud',
    'simple-storage',
    'virtual-private-cloud',
    'elastic-load-balancing',
    'relational-database',
  ],
  ...[
    'lambda',
    'identity-and-access',
    'cloudfront',
    'route-53',
    'kubernetes',
    'container-service',
    'elasticache',
    'dynamodb',
  ],
  ...['cloudwatch', 'direct-connect', 'general-info', 'billing', 'account-management'],
];

function byUse(services: readonly SupportService[]): SupportService[] {
  const rank = ({ code }: SupportService): number => {
    const found = OFTEN.findIndex((part) => code.includes(part));
    return found < 0 ? OFTEN.length : found;
  };
  return [...services].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}
