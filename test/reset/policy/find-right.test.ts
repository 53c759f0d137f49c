import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/ids.ts';
import { findRight } from '../../../src/reset/policy/find-right.ts';
import type { Principal } from '../../../src/reset/policy/policy.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-00000000000a');
const [desk, leads] = ['de500000-0000-4000-8000-00000000000c', 'de500000-0000-4000-8000-00000000000d'];
const person: Principal = { kind: 'person', objectId: robin };
const everyone: Principal = { kind: 'everyone' };
const groups: readonly Principal[] = [
  { kind: 'group', objectId: desk },
  { kind: 'group', objectId: leads },
];

async function find(principals: readonly Principal[], memberOf: readonly string[] | 'unknown') {
  const asked: ObjectId[] = [];
  const port = {
    memberOf: (who: ObjectId) => {
      asked.push(who);
      return Promise.resolve(memberOf === 'unknown' ? memberOf : new Set(memberOf));
    },
  };
  return { found: await findRight(port, robin, principals), asked };
}
const right = (name: string) => ({ kind: 'right', right: name });
const none = (why: string) => ({ kind: 'none', why });

describe('the right by which the policy names somebody', () => {
  it('is their name or that everyone has it, the first of both, and no groups are asked for', async () => {
    expect(await find([...groups, person, everyone], 'unknown')).toEqual({ found: right('person'), asked: [] });
    expect(await find([everyone, person], 'unknown')).toEqual({ found: right('everyone'), asked: [] });
  });

  it('is the group they are in', async () => {
    expect(await find(groups, [leads])).toEqual({ found: right(`group:${leads}`), asked: [robin] });
    expect(await find(groups, [leads, desk])).toMatchObject({ found: right(`group:${desk}`) });
  });

  it('is none where they are in no group, and where nobody can say', async () => {
    const somebody: Principal = { kind: 'person', objectId: desk };
    expect(await find([...groups, somebody], [])).toEqual({ found: none('not-a-technician'), asked: [robin] });
    expect(await find([...groups, somebody], 'unknown')).toEqual({ found: none('groups-unknown'), asked: [robin] });
    expect(await find([somebody], 'unknown')).toEqual({ found: none('not-a-technician'), asked: [] });
    expect(await find([], [desk])).toEqual({ found: none('not-a-technician'), asked: [] });
  });
});
