import { OF_PEOPLE, verdictOn } from './of-people';

it.each(OF_PEOPLE.map((made) => [made.verdict, made.kind, made.text, made] as const))(
  'finds %s: %s %s',
  (verdict, _kind, _text, made) => {
    expect(verdictOn(made)).toBe(verdict);
  },
);
