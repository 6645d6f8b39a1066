/** What an account pays for. `none` is Basic; the new names (Business Support+ and so on) have the old ones' rights. */
export type Plan = 'none' | 'developer' | 'business' | 'enterprise';

/** Names as DescribeSeverityLevels gives them; the console has others, e.g. "General guidance" for low. */
export const SEVERITIES = [
  { code: 'low', name: 'Low' },
  { code: 'normal', name: 'Normal' },
  { code: 'high', name: 'High' },
  { code: 'urgent', name: 'Urgent' },
  { code: 'critical', name: 'Critical' },
] as const;

/**
 * How many of them a plan has, from the mildest (Support plans, "Case severity"). The API's own page wants Business at
 * least; whether Developer still gets in, as in China, is left open here.
 */
const REACH: Readonly<Record<Plan, number>> = { none: 0, developer: 2, business: 4, enterprise: 5 };

/** The severity levels that an account with this plan may choose from. */
export const severitiesOf = (plan: Plan) => SEVERITIES.slice(0, REACH[plan]);
