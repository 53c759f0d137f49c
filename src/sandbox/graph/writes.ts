import { Secret } from '../../base/index.ts';
import { mayReset } from '../data/directory-roles.ts';
import { mixSeed } from '../data/seeded-random.ts';
import { type Answer, jsonAnswer, readJsonObject } from '../loopback-http.ts';
import { findPasswordProblem } from '../partner-center/password-rules.ts';
import { denied, refuseRequest, restricted } from './answers-and-faults.ts';
import type { Context, GraphState, PretendPass } from './state.ts';
import type { GraphPerson } from './tenants-and-people.ts';

/** https://learn.microsoft.com/graph/api/authenticationmethod-resetpassword */
export function resetPassword(
  state: GraphState,
  { customer, call }: Context,
  person: GraphPerson,
  fails: string | undefined,
): Answer {
  const sent = readJsonObject(call.body) ?? {};
  const { newPassword, ...more } = sent;
  if (typeof newPassword !== 'string' || Object.keys(more).length > 0) {
    return refuseRequest('The sandbox wants newPassword, and nothing else.');
  }
  const { user } = person;
  if (person.isRestricted) return restricted;
  if (!mayReset(state.partnerRole, person.roles)) return denied;
  if (user.userDomainType === 'federated' || user.userPrincipalName.includes('#EXT#')) {
    return refuseRequest('The password of this user is not kept here.');
  }
  const names = [user.userPrincipalName.split('@')[0] ?? '', user.firstName ?? '', user.lastName ?? ''];
  const tenant = [customer.name, customer.domain.split('.')[0] ?? ''];
  const password = new Secret(newPassword);
  if (findPasswordProblem(password, [...names, user.displayName, ...tenant]) !== undefined) {
    return refuseRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
  const setPassword = (set: Secret): void => {
    state.accounts.setPassword(customer.id, user.id, set);
  };
  const path = state.operations.begin({ tenantId: customer.id, userId: user.id, password, setPassword, fails });
  return jsonAnswer(202, {}, { Location: `${state.root()}${path}` });
}

/** A pass can be made where the policy does not let it be used; Graph then says so. */
export function createPass(state: GraphState, { tenant, call }: Context, person: GraphPerson): Answer {
  const { lifetimeInMinutes = 60, isUsableOnce = true, ...more } = readJsonObject(call.body) ?? {};
  const isLifetime =
    typeof lifetimeInMinutes === 'number' &&
    lifetimeInMinutes >= tenant.shortestPassMinutes &&
    lifetimeInMinutes <= 480;
  if (!isLifetime || typeof isUsableOnce !== 'boolean' || Object.keys(more).length > 0) {
    return refuseRequest('The pass does not fit the policy of Temporary Access Passes.');
  }
  if (person.isRestricted) return restricted;
  if (!mayReset(state.partnerRole, person.roles)) return denied;
  const pass = {
    id: state.newId(),
    startDateTime: new Date(state.now()).toISOString(),
    lifetimeInMinutes,
    isUsableOnce,
  };
  state.passes.set(person.user.id, [pass]);
  const temporaryAccessPass = `${(mixSeed(1, pass.id) % 0x1_00_00_00).toString(36)}+Vr2K`;
  state.notePass(temporaryAccessPass);
  return jsonAnswer(201, {
    ...hidePass(pass),
    temporaryAccessPass,
    isUsable: tenant.allowsPasses,
    methodUsabilityReason: tenant.allowsPasses ? 'EnabledByPolicy' : 'DisabledByPolicy',
  });
}

export function hidePass({ id, startDateTime, lifetimeInMinutes, isUsableOnce }: PretendPass) {
  return {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
    id,
    temporaryAccessPass: null,
    createdDateTime: startDateTime,
    startDateTime,
    lifetimeInMinutes,
    isUsableOnce,
    isUsable: true,
    methodUsabilityReason: 'EnabledByPolicy',
  };
}
