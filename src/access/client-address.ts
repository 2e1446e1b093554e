import ipaddr from 'ipaddr.js';

/**
 * What anonymous quotas are counted by: an IPv4 address, or the /64 of an IPv6 address, since one customer has
 * all 2⁶⁴ addresses of it.
 */
export function clientNetwork(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString().replace(/%.*$/, '')}/64`);
  return `${network.toString()}/64`;
}
