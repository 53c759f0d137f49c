import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/ids.ts';
import { isPermitted } from '../../../src/reset/policy/is-permitted.ts';
import type { Principal } from '../../../src/reset/policy/policy.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const desk = 'de500000-0000-4000-8000-00000000000c';
const byGroup: Principal = { kind: 'group', objectId: desk };
const byName: Principal = { kind: 'person', objectId: robin };

/** Asks, with these groups, and tells how often they were asked for. */
async function ask(principals: readonly Principal[], groups: readonly string[] | 'unknown') {
  const asked: string[] = [];
  const memberOf = (person: ObjectId) => {
    asked.push(person);
    return Promise.resolve(groups === 'unknown' ? groups : new Set(groups));
  };
  return { permitted: await isPermitted({ memberOf }, robin, principals), asked };
}

describe('whether the policy lets somebody', () => {
  it.each<[readonly Principal[]]>([[[byName]], [[{ kind: 'everyone' }]], [[byGroup, byName]]])(
    'is yes where it names them, and no groups are asked for: %j',
    async (principals) => {
      expect(await ask(principals, 'unknown')).toEqual({ permitted: 'yes', asked: [] });
    },
  );

  it('is yes where it names a group they are in', async () => {
    expect(await ask([byGroup], [desk])).toEqual({ permitted: 'yes', asked: [robin] });
  });

  it('is no where it names groups they are not in', async () => {
    expect(await ask([byGroup], [])).toEqual({ permitted: 'not-a-technician', asked: [robin] });
  });

  it('is no where nobody can say what they are in, and that is why', async () => {
    expect(await ask([{ kind: 'person', objectId: desk }, byGroup], 'unknown')).toEqual({
      permitted: 'groups-unknown',
      asked: [robin],
    });
  });

  it.each<[readonly Principal[]]>([[[]], [[{ kind: 'person', objectId: desk }]]])(
    'is no where no group could let them, and none is asked for: %j',
    async (principals) => {
      expect(await ask(principals, 'unknown')).toEqual({ permitted: 'not-a-technician', asked: [] });
    },
  );
});
