import { BlockList, isIP } from 'node:net';
import { InvalidPattern } from './invalid-pattern';
import { ofText, type Test, text } from './leaf';

const FAMILY = { 4: 'ipv4', 6: 'ipv6' } as const;

function family(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 4 || version === 6 ? FAMILY[version] : undefined;
}

/** An address block, IPv4 or IPv6; only an address of its own family can be in it. */
export function cidr(operand: unknown): Test {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text(operand, 'cidr')) ?? [];
  const wanted = family(address);
  if (!wanted || Number(bits) > (wanted === 'ipv4' ? 32 : 128)) {
    throw new InvalidPattern('The operand of cidr must be an address block such as 10.0.0.0/24.');
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), wanted);
  return ofText((candidate) => family(candidate) === wanted && block.check(candidate, wanted));
}
