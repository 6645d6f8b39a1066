/** Support Center of the three public partitions, by the Region that somebody works in. */
const CONSOLES = [
  { regions: /^cn-/, home: 'https://console.amazonaws.cn/support/home' },
  { regions: /^us-gov-/, home: 'https://console.amazonaws-us-gov.com/support/home' },
  { regions: /^/, home: 'https://support.console.aws.amazon.com/support/home' },
] as const;

/** A case in Support Center. @param displayId the number that people see */
export function caseUrl(displayId: string, region: string): string {
  const home = CONSOLES.find(({ regions }) => regions.test(region))?.home;
  return `${home}#/case/?displayId=${encodeURIComponent(displayId)}`;
}
