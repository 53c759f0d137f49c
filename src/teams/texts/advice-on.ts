import type { Refusal } from '../../reset/refusal.ts';
import { type Advice, refusalTexts } from './refusal-texts.ts';

/** Says why a reset was refused and what to do instead. */
export function adviceOn(refusal: Refusal): Advice {
  switch (refusal.kind) {
    case 'administrator':
      return refusalTexts.administrator(refusal);
    case 'frozen':
      return refusalTexts.frozen(refusal);
    case 'approver-without-right':
      return refusalTexts['approver-without-right'](refusal);
    case 'under-way':
      return refusalTexts['under-way'](refusal);
    case 'over-limit':
      return refusalTexts['over-limit'](refusal);
    case 'no-direct-message':
      return refusalTexts['no-direct-message'](refusal);
    case 'partner-center':
      return refusalTexts['partner-center'](refusal);
    case 'not-a-technician':
    case 'groups-unknown':
    case 'own-account':
    case 'deleted':
    case 'federated':
    case 'synchronised':
    case 'guest':
    case 'roles-unknown':
    case 'approval-not-possible':
    case 'approval-needed':
    case 'target-changed':
    case 'too-old':
    case 'restored':
    case 'seal-broken':
    case 'no-progress':
      return refusalTexts[refusal.kind]();
  }
}
