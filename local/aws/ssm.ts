import type { Caller } from './caller';
import { type Input, optionalFlag, optionalNumber, optionalText, text, texts } from './input';
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

/** Bytes of a standard parameter's value (API reference, PutParameter). */
const MOST_BYTES = 4096;
/** Parameters of one page of GetParametersByPath. */
const MOST_RESULTS = 10;
const TYPES = ['String', 'StringList', 'SecureString'];

const notFound = (name: string) => new ServiceError('ParameterNotFound', `Parameter ${name} not found.`);

/** What stands in for the ciphertext of KMS where a SecureString is read without decryption. */
const encrypted = (value: string): string => Buffer.from(`encrypted:${value}`).toString('base64');

const shown = (parameter: Parameter, decrypt: boolean | undefined): Parameter =>
  parameter.Type === 'SecureString' && !decrypt ? { ...parameter, Value: encrypted(parameter.Value) } : parameter;

/** A name may be an ARN, and end with `:version`. */
function selected(nameOrArn: string): { name: string; version?: number } {
  const name = nameOrArn.replace(/^arn:[^/]*:parameter(\/.*)$/, '$1');
  const [, plain = name, version] = /^(.*):(\d+)$/.exec(name) ?? [];
  return { name: plain, version: version === undefined ? undefined : Number(version) };
}

function parameterStore(now: () => number) {
  const histories = new Map<string, Parameter[]>();
  const place = ({ account, region }: Caller, name: string) => `${account}/${region}/${name.replace(/^\//, '')}`;

  function find(nameOrArn: string, caller: Caller): Parameter | undefined {
    const { name, version } = selected(nameOrArn);
    const history = histories.get(place(caller, name)) ?? [];
    return version === undefined ? history.at(-1) : history[version - 1];
  }

  return {
    find,
    all: (caller: Caller): Parameter[] =>
      [...histories]
        .filter(([key]) => key.startsWith(place(caller, '')))
        .flatMap(([, history]) => history.slice(-1))
        .sort((one, other) => (one.Name < other.Name ? -1 : 1)),
    put(input: Input, Type: string, caller: Caller): number {
      const Name = text(input, 'Name');
      const key = place(caller, Name);
      const history = histories.get(key) ?? [];
      const ARN = `arn:aws:ssm:${caller.region}:${caller.account}:parameter/${Name.replace(/^\//, '')}`;
      const Version = history.length + 1;
      const parameter = { Name, ARN, Type, Value: text(input, 'Value'), Version, DataType: 'text' };
      histories.set(key, [...history, { ...parameter, LastModifiedDate: now() / 1000 }]);
      return Version;
    },
    remove: (name: string, caller: Caller): boolean => histories.delete(place(caller, name)),
  };
}

function typeOf(input: Input, earlier: Parameter | undefined): string {
  const type = optionalText(input, 'Type') ?? earlier?.Type;
  if (!type) throw invalid('A parameter type is required when you create a parameter.');
  if (!TYPES.includes(type)) throw new ServiceError('UnsupportedParameterType', 'The parameter type is not supported.');
  return type;
}

function operationsOf(store: ReturnType<typeof parameterStore>): Record<string, Operation> {
  return {
    PutParameter(input, caller) {
      const earlier = store.find(text(input, 'Name'), caller);
      if (earlier && !optionalFlag(input, 'Overwrite')) {
        const message = 'The parameter already exists. To overwrite this value, set the overwrite option to true.';
        throw new ServiceError('ParameterAlreadyExists', message);
      }
      if (Buffer.byteLength(text(input, 'Value')) > MOST_BYTES) {
        throw invalid(`Standard tier parameters support a maximum parameter value of ${MOST_BYTES} characters.`);
      }
      return { Version: store.put(input, typeOf(input, earlier), caller), Tier: 'Standard' };
    },
    GetParameter(input, caller) {
      const parameter = store.find(text(input, 'Name'), caller);
      if (!parameter) throw notFound(text(input, 'Name'));
      return { Parameter: shown(parameter, optionalFlag(input, 'WithDecryption')) };
    },
    GetParameters(input, caller) {
      const names = texts(input, 'Names');
      const found = names.map((name) => store.find(name, caller)).filter((one) => one !== undefined);
      return {
        Parameters: found.map((parameter) => shown(parameter, optionalFlag(input, 'WithDecryption'))),
        InvalidParameters: names.filter((name) => !store.find(name, caller)),
      };
    },
    GetParametersByPath(input, caller) {
      const path = text(input, 'Path').replace(/\/?$/, '/');
      const depth = optionalFlag(input, 'Recursive') ? Number.POSITIVE_INFINITY : path.split('/').length;
      const under = store.all(caller).filter(({ Name }) => Name.startsWith(path) && Name.split('/').length <= depth);
      const from = Number(optionalText(input, 'NextToken') ?? 0);
      const to = from + (optionalNumber(input, 'MaxResults') ?? MOST_RESULTS);
      return {
        Parameters: under.slice(from, to).map((one) => shown(one, optionalFlag(input, 'WithDecryption'))),
        NextToken: to < under.length ? String(to) : undefined,
      };
    },
    DeleteParameter(input, caller) {
      if (!store.remove(text(input, 'Name'), caller)) throw notFound(text(input, 'Name'));
    },
  };
}

/** Systems Manager's Parameter Store, kept apart by account and Region. Nothing is encrypted. */
export function startSsm(surroundings: EmulatorContext): Promise<Listener> {
  const operations = operationsOf(parameterStore(surroundings.now));
  return startJsonService({ name: 'ssm', target: 'AmazonSSM', version: '1.1', operations }, surroundings);
}
