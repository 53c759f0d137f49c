import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/ids.ts';
import { isAmong } from '../../../src/reset/policy/is-among.ts';
import type { Principal } from '../../../src/reset/policy/policy.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const desk = 'de500000-0000-4000-8000-00000000000c';
const nobody = new Set<string>();

describe('those whom the policy names', () => {
  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['everyone', [{ kind: 'everyone' }], nobody],
    ['a person by their id', [{ kind: 'person', objectId: robin }], nobody],
    ['a person by their id in another case', [{ kind: 'person', objectId: robin.toUpperCase() }], nobody],
    ['a member of a group', [{ kind: 'group', objectId: desk }], new Set([desk])],
    [
      'a person beside others',
      [
        { kind: 'group', objectId: desk },
        { kind: 'person', objectId: robin },
      ],
      nobody,
    ],
  ])('are %s', (_, principals, memberOf) => {
    expect(isAmong(robin, principals, memberOf)).toBe(true);
    expect(isAmong(asId<ObjectId>(robin.toUpperCase()), principals, memberOf)).toBe(true);
  });

  it.each<[string, readonly Principal[], ReadonlySet<string>]>([
    ['anybody where nobody is named', [], new Set([desk])],
    ['another person', [{ kind: 'person', objectId: 'b0b00000-0000-4000-8000-00000000000b' }], nobody],
    ['a member of another group', [{ kind: 'group', objectId: desk }], new Set([robin])],
    ['a person by the id of their group', [{ kind: 'person', objectId: desk }], new Set([desk])],
    ['a group by the id of the person', [{ kind: 'group', objectId: robin }], nobody],
  ])('are not %s', (_, principals, memberOf) => {
    expect(isAmong(robin, principals, memberOf)).toBe(false);
  });
});
