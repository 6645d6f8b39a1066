import type { Caller } from '../caller';
import { partitionOf } from '../partition';
import { invalid, ServiceError } from '../service-error';

/** Foundation models that this machine knows; the last may be invoked through a profile only. */
const ON_DEMAND = ['amazon.nova-micro-v1:0', 'amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'];
const BY_PROFILE = ['amazon.nova-premier-v1:0', 'amazon.nova-2-lite-v1:0', 'anthropic.claude-haiku-4-5-20251001-v1:0'];

/** Where each kind of system-defined profile may be called (Bedrock User Guide, "Supported Regions for inference profiles"). */
const AREAS: Readonly<Record<string, RegExp>> = {
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

const noSuchModel = (): ServiceError => invalid('The provided model identifier is invalid.');

/**
 * The model behind an id, an inference-profile id, or the ARN of either.
 * @throws ServiceError in Bedrock's words: ValidationException for what does not exist there or needs a profile
 */
export function modelOf(id: string, caller: Caller): string {
  const [, partition, region, account, kind, name = ''] = ARN.exec(id) ?? [];
  if (!kind) return foundationModel(id, caller) ?? profiled(id, caller);
  if (partition !== partitionOf(caller.region) || region !== caller.region) throw noSuchModel();
  if (kind === 'foundation-model') return foundationModel(name, caller) ?? refuse();
  if (account !== caller.account)
    throw new ServiceError('AccessDeniedException', 'Access to the profile is denied.', 403);
  return kind === 'inference-profile' ? profiled(name, caller) : 'amazon.nova-lite-v1:0';
}

function refuse(): never {
  throw noSuchModel();
}

function foundationModel(id: string, { region }: Caller): string | undefined {
  if (partitionOf(region) === 'aws-cn') throw noSuchModel();
  if (!BY_PROFILE.includes(id)) return ON_DEMAND.find((known) => known === id);
  throw invalid(
    `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
  );
}

function profiled(id: string, { region }: Caller): string {
  const [, area = '', model = ''] = /^([a-z-]+)\.(.+)$/.exec(id) ?? [];
  const isThere = Object.hasOwn(AREAS, area) && AREAS[area]?.test(region);
  if (!isThere || ![...ON_DEMAND, ...BY_PROFILE].includes(model)) throw noSuchModel();
  return model;
}
