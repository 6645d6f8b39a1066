import type { MessageContext } from '../domain/context';
import type { SupportClient, SupportOption, SupportService } from '../domain/support-client';

/** The options for a case in one account: those of its support plan that the bot's configuration allows. */
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
    services: frequentFirst(services.filter(({ code }) => isAllowed(code, bot.services))),
    severities: severities.filter(({ code }) => isAllowed(code, bot.severities)),
  };
}

const isAllowed = (code: string, allowed: readonly string[]): boolean => allowed.length === 0 || allowed.includes(code);

/** The services of most cases, by a part of their code. They come first, because some platforms cannot show all. */
const FREQUENT_SERVICES = [
  ...['elastic-compute-cloud', 'simple-storage', 'virtual-private-cloud', 'elastic-load-balancing'],
  ...['relational-database', 'lambda', 'identity-and-access', 'cloudfront', 'route-53', 'kubernetes'],
  ...['container-service', 'elasticache', 'dynamodb', 'cloudwatch', 'direct-connect', 'general-info'],
  ...['billing', 'account-management'],
];

function frequentFirst(services: readonly SupportService[]): SupportService[] {
  const rank = ({ code }: SupportService): number => {
    const index = FREQUENT_SERVICES.findIndex((part) => code.includes(part));
    return index < 0 ? FREQUENT_SERVICES.length : index;
  };
  return [...services].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}
