import { describe, expect, it } from '@jest/globals';

import { addressKey } from '../../../src/teams/gate/address-key.ts';

describe('the key an address is counted under', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.168.100.200', '192.168.100.200'],
    ['::ffff:192.0.2.7%eth0', '192.0.2.7'],
    ['2001:db8::ffff:192.0.2.7', '2001:db8:0:0'],
    ['::ffff:1', '0:0:0:0'],
    ['::1:2:3:4:5:6', '0:0:1:2'],
    ['1::2:3:4:5:6', '1:0:0:2'],
    ['1:2:3::', '1:2:3:0'],
    ['::', '0:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %j is %j', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
