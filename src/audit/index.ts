/** The chained audit trail from outside: verify, export, report. */
export { createRowComparison, type RowFault, type RowsResult } from './compare-rows.ts';
export { exportTrail, writeText } from './export-trail.ts';
export {
  formatFault,
  formatRowFault,
  formatLostCheckpoints,
  formatRestore,
  formatTableFault,
} from './trail-fault-texts.ts';
export { createHeadLog } from './printed-heads.ts';
export { parseHead, type PrintedHead, readHeadsInLine } from './printed-heads.ts';
export { type ChainResult, checkAuditKey, verifyChain } from './verify-chain.ts';
