export {
  createPretendPartnerCenter,
  type PretendPartnerCenter,
  type PretendPartnerCenterOptions,
  type RecordedCall,
} from './pretend-partner-center.ts';
export { findPerson, type PretendData } from '../data/pretend-data.ts';
export { exampleSentence, type PretendCustomer } from '../data/customers.ts';
export {
  type FaultEffect,
  type FaultRule,
  type Faults,
  type PartnerErrorRow,
  partnerErrorRows,
  type PretendFault,
} from './planted-faults.ts';
export type { PretendUser } from '../data/users.ts';
