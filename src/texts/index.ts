/** All wording for users and operators: one module for each kind of text. The other rooms know codes only. */
export { formatAlarm } from './alarms.ts';
export { approvalTexts, decisionTexts, formatApprovalOutcome } from './approvals.ts';
export { chatReplies, formatHelp, formatSearchProgress, formatTurnFailure, notAResetTexts } from './chat-replies.ts';
export { confirmationTexts, proofTexts, warningTexts } from './confirmation.ts';
export { directMessageTexts } from './direct-message.ts';
export {
  type FailureText,
  formatChoiceTitle,
  formatMacroTime,
  formatTechnician,
  formatTime,
  sanitizeName,
} from './formatting.ts';
export { formatFreezeHelp, formatFreezeResult, formatFreezes, formatThawResult } from './freezes.ts';
export { buttons, labels } from './labels.ts';
export { formatCancellation, outcomeTexts } from './outcomes.ts';
export { formatFinding, questionTexts } from './questions.ts';
export { describeRefusal, describeRefusalForApprover, formatRefusal, refusalTexts } from './refusals.ts';
export { describePartnerTrouble, partnerCenterFailures } from './partner-center-failures.ts';
export { signInFailures } from './sign-in-failures.ts';
export { spellAloud } from './spelling.ts';
export { formatHistory, formatStatus } from './status-and-history.ts';
