import type { Caller } from '../caller';
import { partitionOf } from '../partition';
import { invalid, ServiceError } from '../service-error';

const ON_DEMAND = ['amazon.nova-micro-v1:0', 'amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'];
/** Invoked through an inference profile only. */
const BY_PROFILE = ['amazon.nova-premier-v1:0', 'amazon.nova-2-lite-v1:0', 'anthropic.claude-haiku-4-5-20251001-v1:0'];

/** Source Regions by prefix of a system-defined profile (Bedrock User Guide, "Supported Regions for inference profiles"). */
const PROFILE_REGIONS: Readonly<Record<string, RegExp>> = {
  us: /^(us|ca)-(?!gov)/,
  'us-gov': /^us-gov-/,
  eu: /^eu-/,
  apac: /^ap-/,
  jp: /^ap-northeast-[13]$/,
  au: /^ap-southeast-[24]$/,
  global: /^/,
};

const ARN =
  /^arn:([\w-]+):bedrock:([\w-]+):(\d{12})?:(foundation-model|inference-profile|application-inference-profile)\/(.+)$/;

const unknownModel = (): ServiceError => invalid('The provided model identifier is invalid.');

/**
 * Checks a model id, an inference-profile id, or the ARN of either.
 * @throws ServiceError with Bedrock's message: ValidationException for an unknown model or a model that needs a profile
 */
export function checkModel(id: string, caller: Caller): void {
  if (!isKnown(id, caller)) throw unknownModel();
}

function isKnown(id: string, caller: Caller): boolean {
  const [, partition, region, account, kind, name = ''] = ARN.exec(id) ?? [];
  if (!kind) return isFoundationModel(id, caller) || isProfile(id, caller);
  if (partition !== partitionOf(caller.region) || region !== caller.region) return false;
  if (kind === 'foundation-model') return isFoundationModel(name, caller);
  if (account !== caller.account)
    throw new ServiceError('AccessDeniedException', 'Access to the profile is denied.', 403);
  return kind === 'application-inference-profile' || isProfile(name, caller);
}

function isFoundationModel(id: string, { region }: Caller): boolean {
  if (partitionOf(region) === 'aws-cn') throw unknownModel();
  if (!BY_PROFILE.includes(id)) return ON_DEMAND.includes(id);
  const advice = 'Retry your request with the ID or ARN of an inference profile that contains this model.';
  throw invalid(`Invocation of model ID ${id} with on-demand throughput isn’t supported. ${advice}`);
}

function isProfile(id: string, { region }: Caller): boolean {
  const [, prefix = '', model = ''] = /^([a-z-]+)\.(.+)$/.exec(id) ?? [];
  const isInRegion = Object.hasOwn(PROFILE_REGIONS, prefix) && PROFILE_REGIONS[prefix]?.test(region);
  return Boolean(isInRegion) && [...ON_DEMAND, ...BY_PROFILE].includes(model);
}
