import { parseParameters } from './parameters';

const DECLARED = {
  Level: { Type: 'Number', Default: 5, MinValue: 1, MaxValue: 10 },
  Regions: { Type: 'CommaDelimitedList', Default: 'us-east-1, eu-west-1' },
  Language: { Type: 'String', Default: 'zh-CN', AllowedValues: ['zh-CN', 'en'] },
  Secret: {
    Type: 'String',
    NoEcho: true,
    MinLength: 8,
    AllowedPattern: '[a-z]+',
    ConstraintDescription: 'lower-case letters',
  },
};

function problemsOf(given: Record<string, string>): string {
  try {
    return JSON.stringify(parseParameters(DECLARED, given));
  } catch (error) {
    return String(error);
  }
}

it('returns a number as text and a list as texts, as a Ref does', () => {
  expect(parseParameters(DECLARED, { Secret: 'abcdefgh' })).toEqual({
    Level: '5',
    Regions: ['us-east-1', 'eu-west-1'],
    Language: 'zh-CN',
    Secret: 'abcdefgh',
  });
});

it('reports all problems in one message', () => {
  const problems = problemsOf({ Level: '11', Language: 'fr', Colour: 'red' });
  expect(problems.split('\n  ').slice(1)).toEqual([
    'Colour: the template has no such parameter.',
    'Level: must be at most 10 (it is "11")',
    'Language: must be one of zh-CN, en (it is "fr")',
    'Secret: a value is required, there is no default.',
  ]);
});

it('never prints the value of a NoEcho parameter', () => {
  const problems = problemsOf({ Secret: '密码Pa55' });
  expect(problems).toContain('Secret: lower-case letters');
  expect(problems).not.toContain('密码');
});

it('matches a pattern against the whole value', () => {
  expect(problemsOf({ Secret: 'abcdefgh1' })).toContain('Secret: lower-case letters');
});

it('rejects a type that AWS resolves', () => {
  const declared = { Image: { Type: 'AWS::SSM::Parameter::Value<String>' } };
  expect(() => parseParameters(declared, {})).toThrow('Parameter Image: the type AWS::SSM::Parameter::Value<String>');
});
