import { BlockList, isIP } from 'node:net';

/**
 * What the IANA registries of special-purpose addresses (RFC 6890 and its updates) call not globally reachable, multicast,
 * and what clouds answer their own machines under.
 */
const REFUSED_V4: readonly string[] = [
  '0.0.0.0/8', // this network; Linux takes 0.0.0.0 for the machine itself
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT; Alibaba's metadata at 100.100.100.200
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // Azure's host of the machine, in the public range
  '169.254.0.0/16', // link-local; metadata of most clouds at 169.254.169.254
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments; Oracle's metadata at 192.0.0.192
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
];

/** Of IPv6 only global unicast is let through at all; these are inside of it. */
const GLOBAL_UNICAST_V6 = '2000::/3';
const REFUSED_V6: readonly string[] = [
  '2001::/23', // protocol assignments, Teredo among them, which carries an IPv4 address
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which carries an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

/**
 * Tells which addresses a request to a URL of somebody's choice may go to: those of the public Internet, and the networks
 * that the operator lists. Everything else could be a door into the machine or its surroundings (SSRF). IPv6 addresses
 * that carry an IPv4 one (mapped, NAT64, 6to4, Teredo) are refused, whatever they carry, unless they are listed.
 */
export class AddressGuard {
  private readonly allowed: BlockList;

  /** @param allowedNetworks in CIDR notation, as {@link isNetwork} accepts. */
  constructor(allowedNetworks: readonly string[] = []) {
    this.allowed = listOf(allowedNetworks);
  }

  /** @param address of IPv4 or IPv6, in any notation; what is none is not allowed. */
  allows(address: string): boolean {
    const family = isIP(address);
    // A zone (`fe80::1%eth0`) names an interface: only local addresses have one.
    if (family === 0 || address.includes('%')) return false;
    if (this.allowed.check(address, family === 4 ? 'ipv4' : 'ipv6')) return true;
    if (family === 4) return !REFUSED.check(address, 'ipv4');
    return GLOBAL.check(address, 'ipv6') && !REFUSED.check(address, 'ipv6');
  }
}

/** Whether a text is a network in CIDR notation: `10.1.0.0/16`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [, address = '', digits = ''] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(digits) <= (family === 4 ? 32 : 128);
}

const REFUSED = listOf([...REFUSED_V4, ...REFUSED_V6]);
const GLOBAL = listOf([GLOBAL_UNICAST_V6]);

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    if (!isNetwork(network)) throw new TypeError(`not a network: ${network}`);
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
