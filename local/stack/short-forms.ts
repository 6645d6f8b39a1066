import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap, type YAMLSeq } from 'yaml';

/** Functions with a YAML short form (CloudFormation User Guide, "Intrinsic function reference"). */
const NAMES = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
  ],
  ...['If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
];

/** `!Sub text` becomes `{ "Fn::Sub": text }`, and so on: after reading there is one form only. */
export const SHORT_FORMS: (ScalarTag | CollectionTag)[] = [
  ...['Ref', 'Condition'].flatMap((name) => tagsOf(`!${name}`, name)),
  ...NAMES.flatMap((name) => tagsOf(`!${name}`, `Fn::${name}`)),
];

function tagsOf(tag: string, long: string): (ScalarTag | CollectionTag)[] {
  const resolve = (node: YAMLMap | YAMLSeq): YAMLMap => {
    const mapping = new YAMLMap();
    node.tag = undefined;
    mapping.items.push(new Pair(new Scalar(long), node));
    return mapping;
  };
  return [
    { tag, resolve: (text) => ({ [long]: scalarOf(long, text) }) },
    { tag, collection: 'seq', resolve },
    { tag, collection: 'map', resolve },
  ];
}

/** Only the scalar `!GetAtt Resource.Attribute` means a list. */
function scalarOf(long: string, text: string): unknown {
  if (long !== 'Fn::GetAtt') return text;
  const [resource, ...attribute] = text.split('.');
  return [resource, attribute.join('.')];
}
