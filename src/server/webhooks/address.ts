import { BlockList, isIP } from 'node:net'

/** What is not of the public Internet: IANA's special-purpose registries, multicast and reserved space. */
const CLOSED_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
/** Within global unicast: protocol assignments with Teredo, documentation, 6to4, segment routing. */
const CLOSED_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const closed = new BlockList()
for (const [network, bits] of CLOSED_4) closed.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of CLOSED_6) closed.addSubnet(network, bits, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an address is of the public Internet, by its bits and not by how it is written. Of IPv6 only global unicast is:
 * addresses that carry one of IPv4 (mapped, translated, compatible), zones and local ones lie outside of it.
 */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return false
  if (family === 4) return !closed.check(address, 'ipv4')
  return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}
