/** The domain: a reset request and its states, the policy, rights, approval, freezes, the use cases and the workflow. Pure: no I/O and no Bot Framework. */
export { type Alarm, type GraphUnreadAlarm, type RaiseAlarm, raiseOncePerSealingKey } from './alarm.ts';
export {
  type Approval,
  type AskedApprover,
  type AskedPlace,
  type Decision,
  findAskedApprovers,
  type WhereToAsk,
} from './policy/approval.ts';
export type { Durations } from './dependencies.ts';
export type { Freezing, OwnAffected } from './use-cases/freeze.ts';
export type { FreezeChoices } from './use-cases/freeze-choices.ts';
export { type Conversation, isSamePerson, type MessageAddress, type Technician } from './identity.ts';
export { logFreezes, logPartnerTroubles, logSteps } from './logging.ts';
export { makePassword } from './password/make-password.ts';
export type { NotApprover } from './policy/approvers.ts';
export { needsApproval } from './policy/approval.ts';
export { mayWriteBack } from './policy/eligibility.ts';
export { createCachedGroups, type Groups } from './policy/groups.ts';
export { lookUpWithGraph } from './policy/user-facts.ts';
export { policyDefaults } from './policy/policy-defaults.ts';
export type {
  AccessPassOutcome,
  FollowUps,
  MakeAccessPass,
  SignOut,
  SignOutOutcome,
  WriteBack,
  WriteBackState,
} from './ports/graph-actions.ts';
export { type BuiltInPolicy, readPolicy } from './policy/read-policy-file.ts';
export {
  hashPolicy,
  type Limit,
  type LimitKind,
  type Policy,
  policyForCustomer,
  type Principal,
  type ReachedLimit,
} from './policy/policy.ts';
export type { Rights } from './policy/rights.ts';
export {
  type AccountFacts,
  type Fact,
  type GraphFacts,
  type GraphFinding,
  type GraphRole,
  type GraphTrouble,
  isPassingTrouble,
  type MethodKind,
  methodKinds,
} from './ports/graph-facts.ts';
export type { ChatMember, Messages, Readers, UpdateOutcome } from './ports/messages.ts';
export type {
  AskedPerson,
  CustomerFinding,
  Directory,
  FindCustomer,
  Finding,
  FindOptions,
  NotAReset,
  PasswordSetting,
  PasswordSettingOutcome,
  PersonFinding,
  Reach,
  SaidFacts,
  SearchScope,
  UserLookUp,
} from './ports/partner-center.ts';
export type {
  Contact,
  ContactStore,
  Freeze,
  FreezeStore,
  KeptTokens,
  NotesSummary,
  NoteStore,
  Opened,
  PastFreeze,
  QuestionStore,
  ReadableFacts,
  Sealer,
  TokenStore,
} from './ports/stores.ts';
export type { HistoryOf, OpenWork, ResetStore } from './ports/request-store.ts';
export {
  concernsOf,
  type NoteOutcome,
  type NoteSearch,
  type NoteSending,
  type RenderedNote,
  nameShownTicket,
  type Ticket,
  type TicketCompany,
  type TicketConcern,
  ticketConcerns,
  type TicketContact,
  type TicketFacts,
  type TicketFailure,
  ticketFailures,
  type TicketLookUp,
  type Tickets,
  type TicketSystem,
  type TicketTrouble,
} from './ports/tickets.ts';
export type { Choosing } from './questions/press-choice.ts';
export type { TypedAnswering } from './questions/answer-typed.ts';
export type { QuestionAnswer } from './questions/question-runner.ts';
export { type Asks, type Choice, type Closed, isAskedInWords, type OpenQuestion } from './questions/question.ts';
export { freezeForbids } from './freezes.ts';
export {
  createPrivateFactsMemory,
  hasPrivateDetails,
  type PrivateFacts,
  type PrivateFactsMemory,
} from './private-facts.ts';
export { isReferenceOf, makeReference, maxReferencesTried, namesRequest } from './reference.ts';
export {
  type DirectMessageProblem,
  type PartnerTrouble,
  type ProtectingFact,
  protectingFacts,
  type ReadableFact,
  readableFacts,
  type Refusal,
  type SignInPause,
  type SignInTrouble,
  signInTroubles,
} from './refusal.ts';
export {
  type AccessPassState,
  type Attention,
  type CallerVerification,
  isAskedAmongOthers,
  type Lease,
  nameShownDoubt,
  type ResetAttempt,
  type ResetRequest,
  type SealedPassword,
  type SigningOutState,
} from './request.ts';
export {
  isPasswordKept,
  isWaitingForApproval,
  isWaitingForConfirmation,
  mayBeCancelled,
  waitsForSignIn,
  wasGivenUp,
  wasReplaced,
} from './request-status.ts';
export { mayBeSignedOut, type SigningOut } from './use-cases/sign-out.ts';
export { type AccessPassPress, isBehindButton, mayGetAccessPass } from './use-cases/access-pass-result.ts';
export { findWaiting, findWaitingSince, type Waiting } from './workflow/waiting.ts';
export { createResetUseCases, type ResetUseCases } from './reset-use-cases.ts';
export { isResetState, type ResetState, states, statesWhere } from './states.ts';
export type { AuditEntry, AuditKind } from './audit-entry.ts';
export { recordsOf, requireAllowedStep, requireAllowedSteps, type Step } from './step.ts';
export {
  type Customer,
  type CustomerInferred,
  type CustomerUser,
  type DeletedUser,
  type DirectoryRole,
  isAdministratorRole,
  namesOfTarget,
  restorableUntil,
  type Target,
} from './target.ts';
export type { Closing } from './use-cases/cancel-by-words.ts';
export {
  createFindOwedNote,
  type FindOwedNote,
  type FollowUpNote,
  type QueuedNote,
  resendNote,
  type TicketNote,
} from './tickets/ticket-notes.ts';
export type { ConfirmationInWords } from './use-cases/confirm-in-words.ts';
export { statedFor, type VerificationLack } from './use-cases/caller-verification.ts';
export type { Cancellation, Confirmation } from './use-cases/confirmation.ts';
export type { ApprovalPress } from './use-cases/decide-approval.ts';
export type { Thawing } from './use-cases/thaw.ts';
export type { History, NamedFreeze, StandingNotes, Unfinished } from './use-cases/status-and-history.ts';
export { untouchedRequest } from './use-cases/new-request.ts';
export type { Proposal, Question } from './use-cases/propose.ts';
