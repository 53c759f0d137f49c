import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/base/ids.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { describeAbout } from '../../../src/store/audit-trail/audit-about.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { auditAboutShape } from '../../support/read-audit-records.ts';

const robin = buildResetRequest().technician;
const kim: Technician = { ...robin, objectId: asId<ObjectId>('kim'), name: 'Kim Blunt', userPrincipalName: undefined };
const request: ResetRequest = {
  ...buildResetRequest(),
  proof: { verification: 'In person', ticket: undefined },
  approval: {
    askedAt: 1,
    approveBy: 2,
    places: [],
    putOff: 0,
    isShown: false,
    isTold: false,
    decision: { kind: 'approved', by: kim, at: 3, right: 'everyone' },
  },
  tries: [
    { number: 1, at: 1, deadline: 2, outcome: 'unknown', httpStatus: undefined, partnerCode: undefined },
    { number: 2, at: 3, deadline: 4, outcome: 'refused', httpStatus: 400, partnerCode: '3000' },
  ],
};
const by = (actor: string, person?: Technician): AuditEntry => ({
  at: 1,
  kind: 'approved',
  actor,
  facts: {},
  ...(person !== undefined && { person }),
});
const kimAsKnown = { id: 'kim', tenantId: robin.tenantId, name: 'Kim Blunt', userPrincipalName: undefined };

describe('what a record says of the people', () => {
  it('names the requester, the second person, the proof and the last try', () => {
    const about = describeAbout(by('locksmith'), request);
    expect(about).toMatchObject({
      actor: undefined,
      requester: { id: robin.objectId, tenantId: robin.tenantId, userPrincipalName: 'robin@partner.example' },
      approver: kimAsKnown,
      verification: 'In person',
      lastTry: { number: 2, outcome: 'refused', httpStatus: 400, partnerCode: '3000' },
    });
    expect(auditAboutShape.safeParse(JSON.parse(JSON.stringify(about))).success).toBe(true);
  });

  it('knows the actor where it is one of them, and otherwise as the entry does', () => {
    expect(describeAbout(by(robin.objectId), request).actor).toMatchObject({ name: 'Robin Sharp' });
    expect(describeAbout(by('kim'), request).actor).toStrictEqual(kimAsKnown);
    expect(describeAbout(by('stranger'), request).actor).toBeUndefined();
    expect(describeAbout(by('kim', kim), undefined)).toMatchObject({ actor: kimAsKnown, requester: undefined });
  });
});
