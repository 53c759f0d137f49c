import { isGuid } from '../../base/index.ts';
import type { PretendData } from '../data/pretend-data.ts';
import { type Answer, isJsonObject, type Json, readJsonObject } from '../loopback-http.ts';
import { customerNotFound, refuse } from './answers-and-faults.ts';

const graphId = '00000003-0000-0000-c000-000000000000';

type Prepared =
  { readonly kind: 'refused'; readonly answer: Answer } | { readonly kind: 'ready'; readonly carryOut: () => Answer };

/**
 * Consents an application at a customer: once, and a second time is refused, as Partner Center does. The body holds an
 * application and its grants; the scopes of a grant are one text with commas.
 * https://learn.microsoft.com/partner-center/developer/control-panel-vendor-apis
 */
export function prepareConsent(
  consents: Map<string, readonly string[]>,
  data: PretendData,
  customerId: string,
  body: string,
): Prepared {
  const customer = data.customer(customerId);
  if (customer === undefined) return { kind: 'refused', answer: customerNotFound(customerId) };
  const sent = readJsonObject(body) ?? {};
  const { applicationId, applicationGrants } = sent;
  const [grant, ...more] = Array.isArray(applicationGrants) ? applicationGrants : [];
  const scopes = readScopes(grant);
  if (typeof applicationId !== 'string' || !isGuid(applicationId) || scopes === undefined || more.length > 0) {
    return { kind: 'refused', answer: refuse(400, 2000, 'The consent is not understood.') };
  }
  return {
    kind: 'ready',
    carryOut() {
      if (consents.has(customer.id)) return refuse(409, 600_001, 'Permission entry already exists.');
      consents.set(customer.id, scopes);
      return { status: 201, body: { kind: 'json', json: { applicationId } } };
    },
  };
}

function readScopes(grant: Json | undefined): readonly string[] | undefined {
  if (!isJsonObject(grant) || grant['enterpriseApplicationId'] !== graphId) return undefined;
  const { scope } = grant;
  const isList = typeof scope === 'string' && /^[A-Za-z.-]+(?:,[A-Za-z.-]+)*$/.test(scope);
  return isList ? scope.split(',') : undefined;
}
