/** The wording of cards, messages, alarms and failures: one module for each kind of text. Other rooms give it codes. */
// Every word stands in a constant table at the level of its module, and no function holds words of its own. A language is
// added as a second table of the same keys beside each. What reads a table, here or in a card, then takes the language and
// chooses. Not here: what a command prints about its own work, and problems of the settings, the policy or the audit trail.
export { formatAlarm } from './alarms.ts';
export {
  approvalTexts,
  decisionTexts,
  describeRefusalForApprover,
  formatApprovalMention,
  formatApprovalOutcome,
  formatApprovalReminder,
  formatAskedApprovers,
} from './approvals.ts';
export {
  admissionTexts,
  askInChat,
  chatReplies,
  exampleSentence,
  formatMethodsInWords,
  formatNoList,
  formatSearchProgress,
  formatTurnFailure,
  notAResetTexts,
} from './chat-replies.ts';
export {
  confirmationTexts,
  describeResetBefore,
  describeUnknownRoles,
  formatPrivateDetails,
  describePasswordChange,
  isRecentChange,
  proofTexts,
  typedProofTexts,
  warningTexts,
} from './confirmation.ts';
export { directMessageTexts, formatUndelivered } from './direct-message.ts';
export {
  formatMethods,
  formatNumbers,
  formatRoles,
  graphFactTexts,
  needsNumber,
  protectingFactNames,
} from './roles-and-sign-in-methods.ts';
export { formatFinding, formatWhoseAt } from './search-results.ts';
export { formatChosen } from './chosen.ts';
export {
  beginLine,
  cardTimes,
  type FailureText,
  formatAddress,
  formatChoiceTitle,
  formatDomain,
  formatCount,
  formatCustomerName,
  formatCardTime,
  formatCardTimeOfDay,
  formatReference,
  formatSummary,
  formatTechnician,
  formatTime,
  joinSentences,
  longestSentence,
  personName,
  sanitizeName,
} from './formatting.ts';
export { describeProtectionTrouble, graphFailures } from './failures/graph-failures.ts';
export { describeFreeze, describeFreezing, formatFreezeResult, freezeCardTexts, freezeHelp } from './freezes.ts';
export { describeHelp, formatWhoApproves, homeTexts, sandboxSentence } from './home-and-help.ts';
export { describePastFreeze, describePastRequest, formatPastDetails, formatPastFacts } from './history.ts';
export { listTexts } from './lists.ts';
export { mentionInCommands } from './mention-in-commands.ts';
export { describeOpenQuestion, describeOpenRequest } from './open-requests.ts';
export { buttons, labels, pressTexts } from './buttons-and-labels.ts';
export { describeAttention, describeWhatRemains, formatCancellation, outcomeTexts } from './outcomes.ts';
export { partnerCenterFailures } from './failures/partner-center-failures.ts';
export {
  describeChoice,
  describeClosing,
  describeQuestion,
  formatChoicesInWords,
  formatWhichConfirmation,
  questionTexts,
} from './questions.ts';
export { describeRefusal, formatRefusal } from './refusals.ts';
export { newSignInFailures, signInFailures } from './failures/sign-in-failures.ts';
export {
  accessPassTexts,
  describeAccessPass,
  describeSigningOut,
  describeStoppedFollowUp,
  isFailed,
  signOutTexts,
} from './sign-out-and-access-pass.ts';
export { describeStandingNotes } from './standing-notes.ts';
export { type Spelling, spellAloud } from './spelling.ts';
export {
  describeNoteInTicket,
  describeTicketCheck,
  describeTicketFacts,
  formatTicketDoubt,
  ticketDoubtTexts,
  ticketWarnings,
} from './tickets.ts';
export { describeTicketNote } from './ticket-notes.ts';
export { startFailureTexts, storeAdvice } from './failures/start-and-store-failures.ts';
export { ticketFailures } from './failures/ticket-failures.ts';
export { formatForTerminal } from './terminal-log.ts';
export { describeWhom } from './whom-asked.ts';
export { formatThawResult } from './thaw.ts';
