const PAIR = /^([A-Za-z][\w .-]{0,40}?)(?:='(.*)'|\s*[:=]\s+(.+))$/;
const FEWEST_PAIRS = 4;

/**
 * A short text of `Key='value'` or `Key: value` lines as what it is (CloudFormation, Elastic Beanstalk and many scripts
 * publish such). `undefined` for any other text, and where something would be lost: more keys than can be shown, or one twice.
 */
export function pairsOf(text: string, most: number): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length < FEWEST_PAIRS || lines.length > most) return undefined;
  const pairs = lines.flatMap((line) => {
    const [, key, quoted, plain] = PAIR.exec(line.trim()) ?? [];
    return key ? [[key, quoted ?? plain ?? ''] as const] : [];
  });
  const isWhole = new Set(pairs.map(([key]) => key)).size === lines.length;
  return isWhole ? Object.fromEntries(pairs) : undefined;
}
