/** The chained audit trail from outside: verify, export, report. */
export { createRowComparison } from './compare-rows.ts';
export { exportTrail, writeText } from './export-trail.ts';
export { createHeadLog } from './printed-heads.ts';
export { parseHead, type PrintedHead, readHeadsInLine } from './printed-heads.ts';
export { checkAuditKey, verifyChain } from './verify-chain.ts';
export { formatFault, formatRows, formatTableFault, formatVerification } from './verification-report.ts';
