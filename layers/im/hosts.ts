/** Whether the url is on one of these hosts, where `*.` stands for any name in front; never with a user or another port. */
export function isOn(url: URL, hosts: readonly string[]): boolean {
  if (url.protocol !== 'https:' || url.username || url.password) return false;
  return hosts.some((host) => (host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host));
}
