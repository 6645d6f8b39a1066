import type { Caller } from './caller';
import { optionalFlag, optionalText, requiredText, requiredTexts } from './input';
import { type EmulatorContext, type Operation, startJsonService } from './json-service';
import type { Listener } from './listener';
import { invalid, ServiceError } from './service-error';

interface Parameter {
  readonly Name: string;
  readonly ARN: string;
  readonly Type: string;
  readonly Value: string;
  readonly Version: number;
  readonly DataType: string;
  /** Seconds since 1970. */
  readonly LastModifiedDate: number;
}

/** Of a standard parameter's value (API Reference, PutParameter). */
const MAX_BYTES = 4096;
const TYPES = ['String', 'StringList'];

/** @param nameOrArn a parameter is found by both */
function keyOf({ account, region }: Caller, nameOrArn: string): string {
  const name = nameOrArn.replace(/^arn:[^/]*:parameter(\/.*)$/, '$1');
  return `${account}/${region}/${name.replace(/^\//, '')}`;
}

function checkType(type: string | undefined): string {
  if (!type) throw invalid('A parameter type is required when you create a parameter.');
  if (!TYPES.includes(type)) throw new ServiceError('UnsupportedParameterType', 'The parameter type is not supported.');
  return type;
}

/** PutParameter and GetParameters of Systems Manager's Parameter Store, by account and Region. Not emulated: SecureString. */
export function startSsm(context: EmulatorContext): Promise<Listener> {
  const parameters = new Map<string, Parameter>();

  const operations: Record<string, Operation> = {
    PutParameter(input, caller) {
      const [Name, Value] = [requiredText(input, 'Name'), requiredText(input, 'Value')];
      const key = keyOf(caller, Name);
      const current = parameters.get(key);
      if (current && !optionalFlag(input, 'Overwrite')) {
        const message = 'The parameter already exists. To overwrite this value, set the overwrite option to true.';
        throw new ServiceError('ParameterAlreadyExists', message);
      }
      if (Buffer.byteLength(Value) > MAX_BYTES) {
        throw invalid(`Standard tier parameters support a maximum parameter value of ${MAX_BYTES} characters.`);
      }
      const Type = checkType(optionalText(input, 'Type') ?? current?.Type);
      const ARN = `arn:aws:ssm:${caller.region}:${caller.account}:parameter/${Name.replace(/^\//, '')}`;
      const Version = (current?.Version ?? 0) + 1;
      const LastModifiedDate = context.now() / 1000;
      parameters.set(key, { Name, ARN, Type, Value, Version, DataType: 'text', LastModifiedDate });
      return { Version, Tier: 'Standard' };
    },
    GetParameters(input, caller) {
      const names = requiredTexts(input, 'Names');
      return {
        Parameters: names.flatMap((name) => {
          const found = parameters.get(keyOf(caller, name));
          return found ? [found] : [];
        }),
        InvalidParameters: names.filter((name) => !parameters.has(keyOf(caller, name))),
      };
    },
  };
  return startJsonService({ name: 'ssm', target: 'AmazonSSM', version: '1.1', operations }, context);
}
