import { AddressGuard, isNetwork } from './address-guard';

describe('the guard of addresses', () => {
  const guard = new AddressGuard();

  it.each([
    ['this network', '0.0.0.0'],
    ['private, class A', '10.0.0.1'],
    ['the last private, class A', '10.255.255.255'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['the last of carrier-grade NAT', '100.127.255.255'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['loopback', '127.0.0.1'],
    ['another loopback', '127.255.255.254'],
    ['metadata of AWS, GCP, Azure', '169.254.169.254'],
    ['credentials of ECS', '169.254.170.2'],
    ['the host of Azure', '168.63.129.16'],
    ['private, class B', '172.16.0.1'],
    ['the last private, class B', '172.31.255.255'],
    ['metadata of Oracle', '192.0.0.192'],
    ['documentation 1', '192.0.2.1'],
    ['6to4 relays', '192.88.99.1'],
    ['private, class C', '192.168.1.1'],
    ['benchmarks', '198.18.0.1'],
    ['documentation 2', '198.51.100.1'],
    ['documentation 3', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['the last multicast', '239.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback, IPv6', '::1'],
    ['loopback in full', '0:0:0:0:0:0:0:1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['mapped metadata', '::ffff:169.254.169.254'],
    ['a mapped public address', '::ffff:8.8.8.8'],
    ['compatible loopback', '::127.0.0.1'],
    ['translated loopback', '::ffff:0:127.0.0.1'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation, IPv6', '2001:db8::1'],
    ['new documentation, IPv6', '3fff::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fd00::1'],
    ['metadata of AWS, IPv6', 'fd00:ec2::254'],
    ['link-local, IPv6', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast, IPv6', 'ff02::1'],
    ['no address', 'localhost'],
    ['a short form', '127.1'],
    ['nothing', ''],
  ])('refuses %s: %s', (_what, address) => {
    expect(guard.allows(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])('lets %s through', (address) => {
    expect(guard.allows(address)).toBe(true);
  });

  it('lets what the operator lists through, and nothing beside it', () => {
    const listed = new AddressGuard(['127.0.0.1/32', '10.1.0.0/16', 'fd12::/16']);
    expect(['127.0.0.1', '10.1.2.3', 'fd12::1', '8.8.8.8'].map((address) => listed.allows(address))).toEqual(
      Array(4).fill(true),
    );
    expect(['127.0.0.2', '10.2.0.1', 'fd13::1', '::1'].map((address) => listed.allows(address))).toEqual(
      Array(4).fill(false),
    );
  });
});

describe('a network', () => {
  it.each(['127.0.0.1/32', '0.0.0.0/0', '10.0.0.0/8', '::1/128', 'fd00::/8'])('is %s', (text) => {
    expect(isNetwork(text)).toBe(true);
    expect(() => new AddressGuard([text])).not.toThrow();
  });

  it.each(['127.0.0.1', '127.0.0.1/33', '::1/129', 'example.org/8', '10.0.0.0/', '/8', 'fe80::%1/8', '10.0.0.0/8/8'])(
    'is not %s',
    (text) => {
      expect(isNetwork(text)).toBe(false);
      expect(() => new AddressGuard([text])).toThrow(TypeError);
    },
  );
});
