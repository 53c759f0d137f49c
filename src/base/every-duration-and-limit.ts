/** Calls to other services, of whatever kind. */
export const outboundTunables = {
  /** A longer `Retry-After` counts as this long. @default 24 hours */
  maxRetryAfterMilliseconds: 24 * 60 * 60_000,
  /** A round of the event loop that takes longer shows that the process was frozen or is busy. @default 20 milliseconds */
  promptRoundMilliseconds: 20,
  /** Most such rounds that a new connection waits for. @default 10 */
  maxLateRounds: 10,
} as const;

/** The Partner Center SDK's defaults. */
export const partnerCenterTunables = {
  /** Time limit for one try: its token, its request and the reading of its answer. @default 30 seconds */
  tryMilliseconds: 30_000,
  /** Time limit for one operation with all its tries and waits. @default 120 seconds */
  operationMilliseconds: 120_000,
  /** Waits before a retry, before jitter. Their number is the number of retries. @default 0.5, 1.5 and 3.5 seconds */
  retryDelaysMilliseconds: [500, 1500, 3500],

  /** Items on a page of a collection where the caller gives no query. @default 500 */
  pageSize: 500,
  /** Most pages of a list that is read as a whole, such as the roles of a user. @default 100 */
  maxListPages: 100,
  /** Longest answer that is read. @default 64 MiB */
  maxAnswerBytes: 64 * 1024 * 1024,
  /** Longest error answer that is read. @default 64 KiB */
  maxErrorAnswerBytes: 64 * 1024,
} as const;

/** Microsoft Graph in a customer's tenant. */
export const graphTunables = {
  /** Time limit for one try: its token, its request and the reading of its answer. @default 10 seconds */
  tryMilliseconds: 10_000,
  /** Time limit for one operation with all its tries, waits and pages. @default 30 seconds */
  operationMilliseconds: 30_000,
  /** Waits before a retry, before jitter. Their number is the number of retries. @default 0.5, 1.5 and 3.5 seconds */
  retryDelaysMilliseconds: [500, 1500, 3500],
  /** Most pages of a list that is read as a whole. @default 20 */
  maxListPages: 20,
  /** Most pages of one reading of `users/delta`. @default 10,000 */
  maxDeltaPages: 10_000,
  /** Longest answer that is read. @default 8 MiB */
  maxAnswerBytes: 8 * 1024 * 1024,
  /** Longest error answer that is read. @default 64 KiB */
  maxErrorAnswerBytes: 64 * 1024,
  /** Longest link of an answer that is followed, in characters. @default 16,384 */
  maxLinkLength: 16_384,
} as const;

/** Sign-in to Microsoft Entra and Microsoft Graph. */
export const signInTunables = {
  /** A token counts as expired this long before its end, so that it does not expire on its way. @default 30 seconds */
  accessTokenSafetyMarginMilliseconds: 30_000,
  /** For how long a refused application is not sent to Entra again. @default 5 seconds */
  appTokenRefusalMilliseconds: 5000,
  /** Time limit for one request to Entra. @default 10 seconds */
  entraRequestTimeoutMilliseconds: 10_000,
  /** Longest answer of Entra that is read. @default 1 MiB */
  maxEntraAnswerBytes: 1024 * 1024,

  /** Time limit for one sign-in without a user, all its requests together. Must be shorter than the lease. @default 20 seconds */
  signInTimeoutMilliseconds: 20_000,
  /** How long one instance holds the lease on a renewal. Must be shorter than the wait for it. @default 30 seconds */
  renewalLeaseMilliseconds: 30_000,
  /** How long an instance waits for the renewal of another one. @default 45 seconds */
  renewalWaitMilliseconds: 45_000,
  /** How often an instance looks for the renewal of another one. @default 200 milliseconds */
  renewalPollMilliseconds: 200,
  /** Calls that are refused within this time after a renewal share its token. @default 10 seconds */
  freshTokenShareMilliseconds: 10_000,

  /** First pause of the circuit breaker; each further one is twice as long. @default 5 minutes */
  breakerFirstPauseMilliseconds: 5 * 60_000,
  /** Longest pause of the circuit breaker. @default 60 minutes */
  breakerLongestPauseMilliseconds: 60 * 60_000,

  /** How often the stored sign-in is checked. @default 5 minutes */
  keepAliveCheckMilliseconds: 5 * 60_000,
  /** A stored sign-in that is older than this is renewed. @default 24 hours */
  keepAliveRenewalAgeMilliseconds: 24 * 60 * 60_000,
  /** Days before its end on which a credential raises an alarm, once each; longest first. @default 14, 7, 3, 1 */
  expiryWarningDays: [14, 7, 3, 1],

  /** For how long a refusal to give a token of a customer's tenant is remembered, other than for want of consent. @default 1 minute */
  customerTokenRefusalMilliseconds: 60_000,
  /** For so long Entra is not asked again where it is just making a service principal (AADSTS650051). @default 30 seconds */
  consentInProgressMilliseconds: 30_000,
  /** Most customers whose tokens are kept. @default 10,000 */
  maxCustomerTokens: 10_000,

  /** Time limit for a token of a managed identity. @default 20 seconds */
  managedIdentityTimeoutMilliseconds: 20_000,
  /** Time limit for one request for the groups of a person. @default 10 seconds */
  graphRequestTimeoutMilliseconds: 10_000,
  /** Most pages of a group's members that are read, 999 members a page. @default 10 pages */
  maxMemberPages: 10,
  /** Longest list of groups that is read. @default 4 MiB */
  maxGraphAnswerBytes: 4 * 1024 * 1024,
} as const;

/** How names are found, and for how long an index counts. */
export const directoryTunables = {
  /** Deleted users of a customer are believed for so long. @default 60 seconds */
  deletedTimeToLiveMilliseconds: 60_000,
  /** Customers whose deleted users are in memory. @default 100 */
  maxCustomersWithDeleted: 100,
  /** A name counts for so long; then a person with the same name may exist. @default 5 minutes */
  nameTimeToLiveMilliseconds: 5 * 60_000,
  /** A name that only one can have counts for so long: an address, a domain, an id. @default 60 minutes */
  uniqueNameTimeToLiveMilliseconds: 60 * 60_000,
  /** An index in use is read again after so long. Should be shorter than the time to live of a name. @default 4 minutes */
  indexRefreshMilliseconds: 4 * 60_000,
  /** "Not found" counts for so many times the duration of a reading, up to the time to live of a name. @default 20 */
  notFoundReadingFactor: 20,

  /** Most users in memory, of all customers together. @default 300,000 */
  maxUsers: 300_000,
  /** Most customers in memory that were read by id. @default 10,000 */
  maxCustomersReadById: 10_000,
  /** Most customers with a similar name that are compared with the one found. @default 50 */
  maxSimilarCustomers: 50,
  /** Most custom domains in memory. @default 100,000 */
  maxDomains: 100_000,
  /** Most domains in memory that belong to no customer. @default 10,000 */
  maxForeignDomains: 10_000,
  /** For so long Microsoft Graph is asked about a person before a reset. @default 8 seconds */
  graphFactsTimeoutMilliseconds: 8000,
  /** Where Microsoft Graph tells of changes, an index is brought up to date before an answer when it is older. @default 30 seconds */
  followedIndexMilliseconds: 30_000,
  /** For so long Microsoft Graph is asked what has changed among the users of a customer. @default 3 seconds */
  userChangesTimeoutMilliseconds: 3000,
  /** For so long Microsoft Graph is asked, in the background, for all users of a customer. @default 5 minutes */
  userListTimeoutMilliseconds: 5 * 60_000,
  /** After a failure Microsoft Graph is not asked for changes at that customer for so long. @default 10 minutes */
  userChangesRetryMilliseconds: 10 * 60_000,
  /** For so long a customer that has not consented is not asked for again. @default 1 hour */
  noConsentMilliseconds: 60 * 60_000,
  /** Customers of whom it is remembered what Microsoft Graph tells there. @default 10,000 customers */
  maxGraphCustomers: 10_000,
  /** The same about Microsoft Graph at a customer is alarmed once in so long. @default 24 hours */
  graphAlarmMilliseconds: 24 * 60 * 60_000,
  /** Role-assignable groups of one person whose roles to be activated are asked for; with more these roles count as unread. @default 50 groups */
  maxEligibleGroups: 50,
  /** Most numbers on file of one person that are taken from Microsoft Graph. @default 5 numbers */
  maxNumbersOnFile: 5,
  /** Longest answer of OpenID discovery that counts, in characters. @default 65,536 */
  maxDiscoveryAnswerLength: 65_536,
  /** Deleted users on one page of Partner Center. @default 500 */
  deletedPageSize: 500,
  /** Most deleted users that an answer names. @default 6 */
  maxDeletedTold: 6,
  /** Most near names that are offered. @default 6 */
  maxNearTold: 6,
  /** Similar names that are checked before one counts as the only one meant. @default 50 */
  maxSimilarNames: 50,
  /** Names that are looked at for a typed name they go on from, or differ from by a letter. @default 5 */
  maxLongerNames: 5,
  /** Words beside a customer's name that may belong to a longer name. @default 3 */
  maxWordsBesideName: 3,
  /** Words at either end of a run that may be a customer's name that was typed wrongly. @default 3 */
  maxNearNameWords: 3,
  /** A name that was typed wrongly has at least so many letters. @default 4 */
  minLettersOfNearName: 4,
  /** Longest name that is looked for, in words and the marks between them. @default 48 */
  maxNameTokens: 48,
  /** Words of what was typed that the search for near names reads. @default 8 */
  maxTypedWords: 8,
  /** Longest word that may be the initials of a name, in letters. @default 3 */
  maxInitials: 3,
  /** Letters of a word of a name that count. @default 40 */
  maxWordLength: 40,
  /** Clocks may differ by so much before a Temporary Access Pass counts as one that works later. @default 5 minutes */
  passMayStartWithinMilliseconds: 5 * 60_000,
} as const;

/** Use cases of a reset: questions, approval, history, who may. */
export const useCaseTunables = {
  /** For how long after a question the next message of the same person in the same chat may answer it. @default 10 minutes */
  answerValidMilliseconds: 10 * 60_000,
  /** The same words, typed again within this time, confirm or thaw nothing else: Teams may have delivered them twice. @default 2 minutes */
  repeatedWordsMilliseconds: 2 * 60_000,
  /** For how long the customer of the last reset in a chat counts for a sentence that names none. @default 30 minutes */
  rememberedCustomerMilliseconds: 30 * 60_000,
  /** The card names an earlier reset of the same user within this time. @default 24 hours */
  recentResetMilliseconds: 24 * 60 * 60_000,
  /** Longest number of a ticket. @default 64 characters */
  maxTicketLength: 64,
  /** Shortest beginning of a reference that `cancel` takes. @default 8 characters */
  minReferenceLength: 8,
  /** A change of the password within this time before the request is a warning on the card. @default 24 hours */
  recentPasswordChangeMilliseconds: 24 * 60 * 60_000,
  /** A change so close to a reset by Locksmith is that reset: two clocks told of it. @default 5 minutes */
  samePasswordChangeMilliseconds: 5 * 60_000,
  /** Requests whose private facts from Microsoft Graph are in memory at most. @default 1,000 requests */
  maxPrivateFacts: 1000,

  /** Most choices on the card of a question. @default 6 choices */
  maxChoices: 6,
  /** Most times that the card of a question is updated. @default 5 times */
  maxQuestionCardTries: 5,
  /** Time until the card of a question is updated again. @default 30 seconds */
  questionCardRetryMilliseconds: 30_000,
  /** Most swaps that the address of a question's card may lose to presses. @default 5 swaps */
  maxQuestionCardSwaps: 5,
  /** Due questions that one poll reads. @default 16 questions */
  questionsPerPoll: 16,
  /** For how long a question is kept after it ended. @default 30 days */
  questionRetentionMilliseconds: 30 * 24 * 60 * 60_000,
  /** Time between two deletions of old questions. @default 1 hour */
  questionDeletionIntervalMilliseconds: 60 * 60_000,
  /** Old questions that one deletion takes; after a full one the next follows at once. @default 200 questions */
  questionsPerDeletion: 200,

  /** Most approvers that one request asks in direct messages. @default 10 people */
  maxApproversAsked: 10,
  /** People on a page when approvers are looked for among those who wrote to the bot. @default 200 people */
  contactPageSize: 200,
  /** Most pages of people that are looked through for approvers. @default 10 pages */
  maxContactPages: 10,
  /** People whose groups are looked up for one request at most, where the members of a group cannot be listed. @default 20 people */
  maxApproverLookUps: 20,
  /** How often a decision is tried on a request that others work on. @default 5 times */
  maxDecisionTries: 5,
  /** Longest wait between two of those tries. @default 200 milliseconds */
  decisionRetryMilliseconds: 200,

  /** An address of a person that did not change is written again after this time. @default 1 hour */
  contactRefreshMilliseconds: 60 * 60_000,
  /** For how long the store is not asked about a person who has just been looked up. @default 60 seconds */
  contactCacheMilliseconds: 60_000,
  /** Most people in that cache. @default 1000 people */
  maxRememberedContacts: 1000,
  /** For how long the groups of a person are cached, so a right that was taken away ends within it. @default 60 seconds */
  groupCacheMilliseconds: 60_000,
  /** How long `freeze` looks for a customer by name; then it offers `freeze everything`. @default 5 seconds */
  freezeSearchMilliseconds: 5000,
  /** How long `freeze` looks for the name of a tenant id; then it freezes the id as it is. @default 2 seconds */
  freezeTenantNameMilliseconds: 2000,
  /** For how long the last known groups of a person count for a freeze, while groups cannot be read. @default 24 hours */
  lastKnownGroupsMilliseconds: 24 * 60 * 60_000,
  /** Time limit for the groups of a person. A press has to be answered within three seconds. @default 2 seconds */
  groupTimeoutMilliseconds: 2000,
  /** Time limit for the list of a group's members. @default 10 seconds */
  groupListTimeoutMilliseconds: 10_000,
  /** Most people in the cache of groups. @default 10000 people */
  maxCachedGroupMembers: 10_000,

  /** Rows on a page of `status` and `history`. @default 6 rows */
  rowsOnPage: 6,
  /** Most of the latest requests that `history` looks through. @default 500 requests */
  maxHistorySearched: 500,
  /** Most open requests that `confirm` without a name shows again. @default 6 requests */
  maxConfirmationsShown: 6,
  /** Most customers out of reach whose ids one record of the trail holds. @default 20 customers */
  maxForeignRecorded: 20,
} as const;

/** The workflow that carries a confirmed reset to its end. */
export const workflowTunables = {
  /** For so long a write-back to a local directory may run; then it is unclear. @default 5 minutes */
  writeBackWithinMilliseconds: 5 * 60_000,
  /** A sign-out so soon after the last one is not told apart from it, as Microsoft Graph writes whole seconds. @default 2 seconds */
  sessionInstantPrecisionMilliseconds: 2000,
  /** So much of what Microsoft Graph says of a write-back that failed is kept, in characters. @default 300 */
  writeBackReasonCharacters: 300,
  /** Wait after the first poll of a write-back; each further wait is as long as it has run. @default 1 second */
  firstWriteBackPollMilliseconds: 1000,
  /** Longest wait between two polls of a write-back. @default 30 seconds */
  longestWriteBackPollMilliseconds: 30_000,
  /** For so long after the delivery the user can be signed out everywhere. @default 30 minutes */
  signOutWithinMilliseconds: 30 * 60_000,
  /** A press of the same follow-up that comes sooner after the last one was told is the same press, repeated. @default 5 seconds */
  followUpAgainAfterMilliseconds: 5000,
  /** Most Temporary Access Passes that may have been made for one request. @default 3 passes */
  maxAccessPasses: 3,
  /** Due requests that one poll reads, few enough to share the work with other instances. @default 16 */
  requestsPerPoll: 16,
  /** A request that was confirmed but not begun for so long is refused. @default 60 minutes */
  confirmationValidMilliseconds: 60 * 60_000,
  /** What was read of the user at the press counts for the PATCH while it is younger; after that it is read again. @default 5 seconds */
  factsValidMilliseconds: 5000,
  /** A request that was reclaimed so often in a row without progress is given up. @default 10 */
  maxReclaims: 10,
  /** Share of a lease that must be left to resume work under it. @default two thirds */
  neededLeaseShare: 2 / 3,
  /** For how long a lease is renewed while one look-up runs. Longer than any has, so that one that hangs holds nothing for ever. @default 3 minutes */
  longestLeaseHeldMilliseconds: 3 * 60_000,
  /** Requests at which this process failed and which it remembers to back off from. @default 1000 */
  maxBackedOffRequests: 1000,

  /** A graceful stop lets active work end by itself for so long. @default 4 seconds */
  stopGraceMilliseconds: 4000,
  /** A graceful stop waits no longer than this, counted from its beginning. @default 8 seconds */
  stopLimitMilliseconds: 8000,

  /** Attempts to ask one chat for an approval before it is left out. @default 5 */
  maxAskAttempts: 5,
  /** After so long the card says what a confirmed reset waits for. @default 10 seconds */
  tellWaitingAfterMilliseconds: 10_000,
  /** Longest wait between two attempts while Locksmith has no sign-in to Partner Center. @default 60 seconds */
  maxSignInWaitMilliseconds: 60_000,

  /** Attempts of one reset at Partner Center, all with the same password. @default 8 */
  maxResetAttempts: 8,
  /** From the first attempt on, no attempt begins after this time. @default 10 minutes */
  resetAttemptsWithinMilliseconds: 10 * 60_000,
  /** Wait before the second attempt of a reset; each further wait is twice as long. @default 1 second */
  firstResetAttemptDelayMilliseconds: 1000,
  /** Longest wait between two attempts of a reset. @default 60 seconds */
  maxResetAttemptDelayMilliseconds: 60_000,

  /** Wait before a message is sent or updated again; each further wait is twice as long. @default 1 second */
  firstMessageDelayMilliseconds: 1000,
  /** Longest wait before a message is sent or updated again. @default 5 minutes */
  maxMessageDelayMilliseconds: 5 * 60_000,
  /** Updates of the cards of one request before they stay as they are. @default 12 */
  maxCardUpdates: 12,
  /** Lost swaps in a row before storing the address of a card is tried again later. @default 5 */
  maxCardAddressSwaps: 5,
  /** Addresses of cards that are kept in memory while the store does not take them. @default 1000 */
  maxPendingCardAddresses: 1000,

  /** For so long a password waits for its first view, or for a chat that takes it. @default 8 hours */
  undeliveredPasswordMilliseconds: 8 * 60 * 60_000,
  /** Failed attempts to deliver before the requester hears of them, where a later one may succeed. @default 8 */
  tellUndeliveredAfterAttempts: 8,
  /** Failed attempts to deliver before a delivery is given up, however much time has passed. @default 4 */
  minDeliveryAttempts: 4,
  /** Failed attempts to deliver before a message that is reported as gone is replaced. @default 4 */
  goneAfterDeliveryAttempts: 4,
  /** For so long a password waits for an instance that has its sealing key before it is looked at again. @default 30 minutes */
  sealingKeyWaitMilliseconds: 30 * 60_000,

  /** Time between two removals of requests, questions and people whose retention is over. @default 1 hour */
  removalIntervalMilliseconds: 60 * 60_000,
  /** Requests, questions or people that one removal takes; after a full one the next follows at once. @default 200 */
  removedAtOnce: 200,

  /** Times in a row that a message is reported as gone before its password counts as hidden. @default 3 */
  goneAfterHidingAttempts: 3,
  /** Attempts to hide a password, about eight hours of them, before they become rare. @default 100 */
  frequentHidingAttempts: 100,
  /** Waits before messages are hidden again, each after the one before, where an instance that was overtaken may put a password late. @default 2 and 20 minutes, 2 and 8 hours */
  lateHidingDelaysMilliseconds: [2 * 60_000, 20 * 60_000, 2 * 3_600_000, 8 * 3_600_000],
  /** Wait between rare attempts to hide a password. @default 60 minutes */
  rareHidingDelayMilliseconds: 60 * 60_000,
  /** Lost swaps in a row before an earlier password is left to its own time, or a question as it is. @default 5 */
  maxLostSwaps: 5,
} as const;

/** The ticket system: look-ups and notes. */
export const ticketTunables = {
  /** Time limit for what a ticket says; then the card goes out without it. @default 2 seconds */
  lookUpTimeoutMilliseconds: 2000,
  /** Time limit for one call to the ticket system, its answer included. @default 10 seconds */
  callTimeoutMilliseconds: 10_000,
  /** Longest answer of a ticket system that is read. @default 2 MiB */
  maxAnswerBytes: 2 * 1024 * 1024,
  /** The same where a note is looked for among all notes of a ticket, mails with pictures in them. @default 32 MiB */
  maxNotesAnswerBytes: 32 * 1024 * 1024,
  /** A token counts as expired this long before its end. @default 60 seconds */
  tokenSafetyMarginMilliseconds: 60_000,
  /** For how long a token counts whose answer names no end. @default 30 minutes */
  tokenLifeMilliseconds: 30 * 60_000,
  /** For how long HaloPSA's list of clients and tenants counts. @default 60 minutes */
  clientTenantsMilliseconds: 60 * 60_000,
  /** How long a look-up waits for that list; without it the company is told by its name. @default 1 second */
  tenantsTimeoutMilliseconds: 1000,
  /** For how long that list is not asked for again after it came to nothing. @default 10 minutes */
  tenantsRetryMilliseconds: 10 * 60_000,
  /** Most connections to Microsoft 365 of which HaloPSA's list of clients and tenants is read. @default 20 */
  maxTenantConnections: 20,
  /** For how long Autotask's zone and picklists count. @default 24 hours */
  picklistMilliseconds: 24 * 60 * 60_000,
  /** Calls to Autotask at one time; more wait. @default 3 */
  autotaskCallsAtOnce: 3,
  /** The wait that counts where a system wants fewer calls and names none. @default 60 seconds */
  throttleMilliseconds: 60_000,
  /** Most actions of one ticket among which HaloPSA looks for a note. @default 1,000 */
  actionsRead: 1000,
  /** Most pages of the notes of one ticket that are looked through. @default 10 pages */
  maxNotePages: 10,

  /** Time limit for one try to send a note, all its calls included; at most half of the lease. @default 60 seconds */
  noteTryTimeoutMilliseconds: 60_000,
  /** How long one instance holds the lease on a note. @default 2 minutes */
  noteLeaseMilliseconds: 2 * 60_000,
  /** Notes that one poll sends, of as many tickets. @default 3 */
  notesPerPoll: 3,
  /** Waits before a note is sent again; the last one repeats. @default 10 seconds, 1, 5 and 30 minutes, 2, 6 and 12 hours */
  noteRetryDelaysMilliseconds: [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000],
  /** A note that was not taken for so long is given up. @default 3 days */
  noteGivenUpAfterMilliseconds: 3 * 24 * 60 * 60_000,
  /** For how long after its outcome `status` names a note that was given up. @default 10 days */
  noteTroubleShownMilliseconds: 10 * 24 * 60 * 60_000,
  /** Most notes that `npm run audit -- notes` shows. @default 1,000 */
  notesListed: 1000,
  /** Most notes that `status` looks through. @default 50 */
  standingNotesRead: 50,
  /** Notes on one page that ConnectWise PSA is asked for. @default 1,000 */
  notesPerPage: 1000,
} as const;

/** Bot Framework: HTTP server, gate, connector, handlers. */
export const teamsTunables = {
  /** For how long the answer counts who is in the chat of a direct message. @default 5 seconds */
  readersValidMilliseconds: 5000,
  /** Largest body of a request. @default 256 KiB */
  maxBodyBytes: 256 * 1024,
  /** Most levels of nesting in the JSON of a body. @default 32 */
  maxJsonDepth: 32,
  /** Time limit for the body of a request. @default 10 seconds */
  bodyTimeoutMilliseconds: 10_000,
  /** Time limit for the headers of a request. @default 10 seconds */
  headersTimeoutMilliseconds: 10_000,
  /** Time limit for a whole request. @default 15 seconds */
  requestTimeoutMilliseconds: 15_000,
  /** For how long an idle connection stays open. Must be longer than a load balancer keeps its own, mostly 60 seconds. @default 75 seconds */
  keepAliveMilliseconds: 75_000,
  /** How often the time limits of connections are checked. @default 2 seconds */
  connectionCheckMilliseconds: 2000,
  /** Most headers of a request. @default 100 */
  maxHeaders: 100,
  /** Most connections at a time. @default 2,000 */
  maxConnections: 2000,
  /** How much of an unread body is discarded after the answer to it. @default 8 MiB */
  maxDiscardedBytes: 8 * 1024 * 1024,
  /** For how long an unread body is discarded after the answer to it. @default 2 seconds */
  discardMilliseconds: 2000,
  /** For how long requests in progress may finish when the server closes. @default 5 seconds */
  serverCloseMilliseconds: 5000,

  /** A press is answered within this time; Teams shows an error after three seconds. @default 2.5 seconds */
  pressAnswerMilliseconds: 2500,
  /** So much of that time is kept for a last sentence, where a press has no better answer yet. @default 100 milliseconds */
  pressAnswerReserveMilliseconds: 100,
  /** Who pressed has to be known within this time, so that some is left for the press itself. @default 2 seconds */
  pressAdmissionMilliseconds: 2000,
  /** A message is answered within this time; Teams delivers it again after about 15 seconds. @default 9 seconds */
  turnMilliseconds: 9000,
  /** The answer to Teams waits no longer until a refusal or an apology is said in the chat. @default 3 seconds */
  sayingMilliseconds: 3000,
  /** After this time the bot says in the chat that a search continues. @default 2 seconds */
  searchNoticeMilliseconds: 2000,

  /** Most retries of a call to the connector. @default 3 */
  connectorRetries: 3,
  /** First pause between tries of a call to the connector; each further one is twice as long. @default 500 milliseconds */
  connectorFirstPauseMilliseconds: 500,
  /** Most clients of the connector that are kept, one for each service address. @default 16 */
  maxConnectorClients: 16,

  /** What one address may send that Bot Framework did not sign, before it is read. @default 100, then 20 a second */
  addressLimit: { burst: 100, perSecond: 20 },
  /** What one person may send. @default 30, then 1 a second */
  senderLimit: { burst: 30, perSecond: 1 },
  /** What all people together may send. @default 500, then 100 a second */
  overallLimit: { burst: 500, perSecond: 100 },
  /** Refusals of one person that are written to the audit trail. @default 3, then 1 a minute */
  auditedRefusalsOfPerson: { burst: 3, perSecond: 1 / 60 },
  /** Refusals by one rule of the gate that are written to the audit trail. @default 100, then 1 a second */
  auditedRefusalsByRule: { burst: 100, perSecond: 1 },
  /** For how many addresses or people one limit keeps count; the least recently used is forgotten first. @default 10,000 */
  maxLimitedKeys: 10_000,

  /** The signing keys of Bot Framework are fetched again in the background after this time. @default 12 hours */
  signingKeysFreshMilliseconds: 12 * 60 * 60_000,
  /** While the signing keys cannot be fetched in the background, they are asked for again after this time. @default 30 seconds */
  signingKeyRetryMilliseconds: 30_000,
  /** Signing keys are no longer trusted after this time. @default 24 hours */
  signingKeysTrustedMilliseconds: 24 * 60 * 60_000,
  /** Shortest time between two fetches for an unknown key id, so that forged tokens cause few calls. @default 5 minutes */
  unknownKeyFetchIntervalMilliseconds: 5 * 60_000,
  /** No fetch of signing keys for this time after one that failed. @default 3 seconds */
  signingKeyFailurePauseMilliseconds: 3000,
  /** Time limit for one fetch of the signing keys, both documents together. @default 5 seconds */
  signingKeyTimeoutMilliseconds: 5000,

  /** Time limit for one look-up of a person in the roster of a chat. @default 3 seconds */
  rosterTimeoutMilliseconds: 3000,
  /** Time limit for one look-up in the store of the tenant in which a person was first seen. @default 3 seconds */
  homeTenantTimeoutMilliseconds: 3000,
  /** For how long the roster's answer on a person counts. @default 1 minute */
  rosterCacheMilliseconds: 60_000,
  /** How many of the roster's answers are kept. @default 10,000 */
  maxCachedMembers: 10_000,
  /** Entities of one activity that are looked at for mentions. @default 100 */
  maxEntities: 100,
  /** Longest id in an activity, in characters. @default 512 */
  maxIdLength: 512,
  /** Most inputs of a card that are read. @default 50 */
  maxInputs: 50,
  /** Longest name of an input, in characters; longer ones are left out. @default 100 */
  maxInputNameLength: 100,
  /** Longest text of an input, in characters; longer ones are left out. @default 2,000 */
  maxInputLength: 2000,
  /** Smallest signing key that counts, in bits. @default 2,048 */
  minSigningKeyBits: 2048,
  /** Most signing keys of one list that are read. @default 1,000 */
  maxSigningKeys: 1000,
  /** Longest `Authorization` header, in characters. @default 8,192 */
  maxAuthorizationLength: 8192,
  /** Clocks may differ by so much, as Bot Framework's documentation allows, in seconds. @default 5 minutes */
  tokenClockToleranceSeconds: 5 * 60,
  /** Ways to verify a caller that stand on the card; more are a list to open. @default 5 */
  maxVisibleMethods: 5,
  /** Largest card. Teams refuses messages above about 100 KB, counted in UTF-16. @default 80 KiB */
  maxCardBytes: 80 * 1024,
} as const;

/** Database, audit trail and their clocks. */
export const storeTunables = {
  /** How long a SQLite statement waits for another process's lock. The whole process waits with it. @default 1 second */
  sqliteBusyMilliseconds: 1000,
  /** How long a backup waits for the bot before it copies the SQLite file. @default 5 seconds */
  backupBusyMilliseconds: 5000,

  /** How many statements, by their text, each connection to PostgreSQL keeps parsed at most. @default 300 */
  postgresKeptStatements: 300,
  /** Connections of one instance to PostgreSQL. The trail is written by one at a time anyway. @default 4 */
  postgresConnections: 4,
  /** Time limit for connecting to PostgreSQL. @default 5 seconds */
  postgresConnectTimeoutMilliseconds: 5000,
  /** An unused connection to PostgreSQL is closed after this time. @default 30 seconds */
  postgresIdleMilliseconds: 30_000,
  /** Time limit for one statement, kept by the server. @default 10 seconds */
  postgresStatementTimeoutMilliseconds: 10_000,
  /** Time limit for one statement, kept by this process. Must be longer than the server's. @default 15 seconds */
  postgresQueryTimeoutMilliseconds: 15_000,
  /** How long a statement waits for a lock of PostgreSQL. @default 5 seconds */
  postgresLockTimeoutMilliseconds: 5000,
  /** A transaction without a statement is ended by the server after this time. @default 15 seconds */
  postgresIdleInTransactionMilliseconds: 15_000,
  /** Silence after which the migration's connection sends a keep-alive. @default 30 seconds */
  migrationKeepAliveMilliseconds: 30_000,
  /** How often a start that waits for the database says so. @default 10 seconds */
  startNoteMilliseconds: 10_000,

  /** How often the database's clock is read. @default 60 seconds */
  clockReadMilliseconds: 60_000,
  /** A difference between the clocks is logged from this length on. @default 2 seconds */
  reportedClockDifferenceMilliseconds: 2000,
  /** From a greater difference on nothing is confirmed and no old row removed. @default 5 minutes */
  greatestClockDifferenceMilliseconds: 300_000,

  /** Unreadable rows that a search for due requests passes over. @default 1000 */
  maxUnreadableRows: 1000,
  /** Unfinished requests of one person that are read. @default 200 */
  maxUnfinishedRequests: 200,
  /** Open questions of one person that are read. @default 20 */
  maxOpenQuestions: 20,
  /** Confirmed requests of one user that are searched for the last reset. @default 50 */
  maxSearchedResets: 50,
  /** Freezes and thaws of the trail that `history` looks through, the latest ones. @default 50 */
  maxSearchedFreezes: 50,
  /** Oldest requests that are read to find the one that has waited longest. @default 200 */
  maxSearchedOpenWork: 200,
  /** A password counts as overdue this long after it should have been hidden. @default 60 seconds */
  overdueGraceMilliseconds: 60_000,

  /** Audit records that are counted in one statement. @default 200000 */
  recordsCountedAtOnce: 200_000,
  /** Audit records that are read at once while the trail is verified. @default 1000 */
  verifiedPageRecords: 1000,
  /** Audit records that are read at once while the trail is exported. @default 500 */
  exportedPageRecords: 500,
  /** Audit records that are written in one statement; SQLite allows 32,766 parameters. @default 500 */
  recordsWrittenAtOnce: 500,
  /** Audit records that a bot verifies when it starts, the newest ones. @default 2000 */
  followedRecords: 2000,
  /** Rows whose newest MAC a bot remembers, besides what the trail says. @default 50000 */
  maxRememberedRows: 50_000,
  /** How long a bot remembers what was confirmed; as long as the longest window of a limit. @default 24 hours */
  rememberedConfirmationsMilliseconds: 24 * 60 * 60_000,
  /** How long a request that is under way by the trail alone keeps its user from another reset. @default 24 hours */
  rememberedUnderWayMilliseconds: 24 * 60 * 60_000,
  /** Rows that are read to name those which make a limit differ from the trail. @default 200 */
  maxRowsHeldAgainstTrail: 200,
  /** Pages of old rows that one removal looks through for rows that may go. @default 100 */
  maxRemovalPages: 100,
  /** Rows that are read at once while they are compared with the trail, or taken over at an upgrade. @default 500 */
  comparedPageRows: 500,
  /** How often rows that do not agree are read again while a bot writes. @default 5 */
  comparedRounds: 5,
  /** Rows that `audit -- verify` names one by one. @default 20 */
  maxNamedRows: 20,
  /** A row that is not as Locksmith wrote it is told again after this time. @default 1 hour */
  alteredRowToldAgainMilliseconds: 60 * 60_000,
  /** Altered rows of which a bot remembers that it has told. @default 1000 */
  maxToldAlterations: 1000,
  /** Audit records that are tried with a key for which the database does not vouch. @default 1000 */
  recordsTriedWithKey: 1000,
  /** The head of the trail is printed after this many records. @default 100 */
  headPrintedAfterRecords: 100,
  /** The head of the trail is printed after this time. @default 5 minutes */
  headPrintedAfterMilliseconds: 5 * 60_000,
  /** The first head of an empty trail is printed this long after its first record. @default 1 second */
  firstHeadDelayMilliseconds: 1000,
  /** So often a printed head may be escaped; each collector of logs does it once more. @default 8 */
  maxHeadTextDepth: 8,
  /** Most levels of objects in a line of a log that are looked into for a head. @default 100 */
  maxHeadObjectDepth: 100,
  /** Where so many beginnings of objects in a line lead to none, no more is looked for. @default 20 */
  maxHeadFailures: 20,
} as const;

/** Metrics and alarms. */
export const observabilityTunables = {
  /** Same alarms that one person can raise again and again are counted together for so long after one was sent. @default 60 seconds */
  alarmGatherMilliseconds: 60_000,
  /** Alarms that are not critical and wait for the webhook. Of more the least severe is lost to it. @default 100 */
  maxAlarmsWaiting: 100,
  /** Time limit for one post to the webhook. @default 10 seconds */
  alarmPostTimeoutMilliseconds: 10_000,
  /** Pauses before the second and each further try of an alarm. There are as many tries, and one more. @default 1, 4, 15 and 60 seconds */
  alarmRetryPausesMilliseconds: [1000, 4000, 15_000, 60_000],
  /** How long a shutdown tries to post what is queued. @default 5 seconds */
  alarmDrainMilliseconds: 5000,

  /** For how long the figures of open work are cached. @default 5 seconds */
  openWorkCacheMilliseconds: 5000,
  /** How long a scrape waits for the store. @default 2 seconds */
  openWorkTimeoutMilliseconds: 2000,

  /** Time limit for a request to the metrics server, and for its headers. @default 5 seconds */
  metricsRequestTimeoutMilliseconds: 5000,
  /** Largest headers of a request to the metrics server. @default 8 KiB */
  metricsMaxHeaderBytes: 8192,
  /** Connections to the metrics server at the same time. @default 20 */
  metricsMaxConnections: 20,
} as const;

/** Start, shutdown, readiness and configuration. */
export const processTunables = {
  /** How long after its start a bot gives back what only the start needed. @default 2 seconds */
  settleAfterMilliseconds: 2000,
  /** Time between two looks at the customers that the policy names. @default 60 seconds */
  policyCustomersPollMilliseconds: 60_000,
  /** After a signal the process has ended within this time. Must be below the 10 seconds after which it is killed. @default 9.5 seconds */
  shutdownTimeoutMilliseconds: 9500,
  /** For how long after a signal a production bot answers requests, until a load balancer has read `/readyz`. @default 2.5 seconds */
  shutdownServeOnMilliseconds: 2500,
  /** Of the time for a shutdown, what is kept for the parts that stop later, and for the exit itself. @default 6500, 1200, 900, 600 and 600 milliseconds */
  shutdownReserveMilliseconds: {
    afterStart: 6500,
    afterRequests: 1200,
    afterAuditHead: 900,
    afterDatabase: 600,
    afterAlarms: 600,
  },
  /** How long a part may take to stop after it was cut off. @default 100 milliseconds */
  abortGraceMilliseconds: 100,
  /** How long a shutdown waits for progress messages that are being sent. @default 1 second */
  progressMessagesTimeoutMilliseconds: 1000,

  /** How long an instance holds the lease on a request. Must be longer than one try of a reset. @default 45 seconds */
  leaseMilliseconds: 45_000,
  /** Time limit for one try of a reset at Partner Center. @default 25 seconds */
  resetTryTimeoutMilliseconds: 25_000,
  /** How often an instance looks for requests that are due. @default 1 second */
  duePollMilliseconds: 1000,
  /** Time limit for one call of the Bot Framework connector. @default 10 seconds */
  connectorTryTimeoutMilliseconds: 10_000,
  /** Time limit for a call of the connector, with all its tries. @default 20 seconds */
  connectorRetryTimeoutMilliseconds: 20_000,

  /** For how long `/readyz` caches whether the store answers, so that strangers do not reach it. @default 1 second */
  readinessCacheMilliseconds: 1000,
  /** How long `/readyz` waits for the store. @default 2 seconds */
  readinessTimeoutMilliseconds: 2000,
  /** For how long `/readyz` caches which sealing keys are in use. @default 5 seconds */
  keyCheckCacheMilliseconds: 5000,
  /** Time limit for asking Microsoft Entra which tenant a domain belongs to. @default 5 seconds */
  tenantDiscoveryTimeoutMilliseconds: 5000,
  /** How often the policy file is read. A change counts after two readings. @default 1 second */
  policyFilePollMilliseconds: 1000,
} as const;

/** Commands beside the bot. */
export const commandTunables = {
  /** How long `npm run consent` waits for the sign-in in the browser. @default 10 minutes */
  consentTimeoutMilliseconds: 10 * 60_000,
  /** Time limit for one request of the browser to `npm run consent`. @default 10 seconds */
  consentRequestTimeoutMilliseconds: 10_000,
  /** Port on this machine that Entra sends the browser back to. @default 8400 */
  consentRedirectPort: 8400,
  /** Longest refresh token that `npm run consent -- --import` reads. @default 64 KiB */
  maxRefreshTokenBytes: 64 * 1024,

  /** A command that takes longer than this says what it is at. @default 2 seconds */
  progressAfterMilliseconds: 2000,
  /** `npm run backup` says beforehand that it copies a database at least this large. @default 64 MiB */
  announcedBackupBytes: 64 * 1024 * 1024,
  /** Without a terminal, `npm run audit` prints its progress after this many rows. @default 100000 */
  auditProgressRows: 100_000,
  /** Largest difference between the clocks of the store and of this machine that `npm run doctor` accepts. @default 60 seconds */
  maxStoreClockDifferenceMilliseconds: 60_000,
  /** Time limit for one call by which `npm run doctor` looks at a clock or at signing keys. @default 10 seconds */
  doctorCallTimeoutMilliseconds: 10_000,
  /** Accepted difference from the clock of Microsoft Entra; tokens are taken five minutes early or late. @default 60 seconds */
  maxClockSkewSeconds: 60,
  /** Customers at which `npm run doctor` looks at one time. @default 4 */
  customersAskedAtOnce: 4,
  /** Customers that one line of `npm run doctor` names. @default 10 */
  maxNamedCustomers: 10,
  /** Customers of which `npm run doctor` tells what the policy means there. @default 20 */
  maxPolicyCustomersTold: 20,
} as const;
