import { parseParameters } from './parameters';

const DECLARED = {
  Level: { Type: 'Number', Default: 5, MinValue: 1, MaxValue: 10 },
  Regions: { Type: 'CommaDelimitedList', Default: 'us-east-1, eu-west-1' },
  Ports: { Type: 'List<Number>', Default: '80,443' },
  Language: { Type: 'String', Default: 'zh-CN', AllowedValues: ['zh-CN', 'en'] },
  Secret: {
    Type: 'String',
    NoEcho: true,
    MinLength: 8,
    AllowedPattern: '[a-z]+',
    ConstraintDescription: 'small letters',
  },
};

function problemsOf(given: Record<string, string>): string {
  try {
    return JSON.stringify(parseParameters(DECLARED, given));
  } catch (error) {
    return String(error);
  }
}

it('gives a number as a text and a list as texts, as a Ref does', () => {
  expect(parseParameters(DECLARED, { Secret: 'abcdefgh' })).toEqual({
    Level: '5',
    Regions: ['us-east-1', 'eu-west-1'],
    Ports: ['80', '443'],
    Language: 'zh-CN',
    Secret: 'abcdefgh',
  });
});

it('names everything that is wrong in one message', () => {
  const problems = problemsOf({ Level: '11', Ports: '80,http', Language: 'fr', Colour: 'red' });
  expect(problems.split('\n  ').slice(1)).toEqual([
    'Colour: the template has no such parameter.',
    'Level: must be at most 10 (it is "11")',
    'Ports: must be a number (it is "80,http")',
    'Language: must be one of zh-CN, en (it is "fr")',
    'Secret: a value is needed, there is no default.',
  ]);
});

it('never prints a value that has NoEcho', () => {
  const problems = problemsOf({ Secret: '密码Pa55' });
  expect(problems).toContain('Secret: small letters');
  expect(problems).not.toContain('密码');
});

it('wants a pattern to fit the whole value', () => {
  expect(problemsOf({ Secret: 'abcdefgh1' })).toContain('Secret: small letters');
});

it('refuses a type that is looked up in AWS', () => {
  const declared = { Image: { Type: 'AWS::SSM::Parameter::Value<String>' } };
  expect(() => parseParameters(declared, {})).toThrow('Parameter Image: the type AWS::SSM::Parameter::Value<String>');
});
