/** The npm scripts that answer `-- --help`. Each has an entry of the same name in this folder; `start` is `src/main.ts`. */
export type CommandName = keyof typeof usages;

/** What each npm script does, how it is called, and with which status it ends. It is printed before anything else is loaded. */
export const usages = {
  start: `Usage: npm start

Runs the bot. Without settings that is the sandbox: the bot, a pretend Partner Center and a page to chat on. Nothing leaves
the machine. With MicrosoftAppId or NODE_ENV=production it is production, which needs settings: docs/settings.md.
Settings are environment variables, or lines of a file .env in this folder; there are no options. Ctrl+C ends it.

Status 0: it was told to end, and did. 1: it did not start, or ended by a fault. 2: the command line is not understood.
`,
  consent: `Usage: npm run consent [-- --port PORT]
       npm run consent -- --import [--file FILE]
       npm run consent -- --customer <NAME, DOMAIN, TENANT ID or all>
       npm run consent -- --customer <TENANT ID> --forget

Signs Locksmith’s account in to Partner Center, once, and keeps the sign-in sealed in the database. The bot may run
meanwhile and takes it up by itself.
--port    where the browser comes back to, http://localhost:PORT/, which Entra has to know; 8400 unless said otherwise.
--import  takes over a refresh token of the same application, from FILE or from the standard input.
--customer  consents the application at that customer, or at all, for Microsoft Graph, with the sign-in that is kept. It says how
          far it is, can be repeated, and ends with a table. Nobody has to sign in. Only what the policy needs at each customer is
          asked for: synchronisedUsers (of a customer, too) decides on write-back, followUps on sign-out and passes. Without
          POLICY_FILE every scope is.
--forget  ends what Microsoft Graph's word protects at that customer, as where a licence was not renewed. It says what is not protected
          any more, and writes it into the audit trail. Consent at the customer stays as it is.

Reads PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID, PARTNER_CENTER_CLIENT_SECRET or
PARTNER_CENTER_CLIENT_CERTIFICATE, DATABASE_URL and SEALING_KEY; with --customer POLICY_FILE too, with --forget DATABASE_URL and
AUDIT_KEY alone.

Status 0: a sign-in is kept, or no customer refused. 1: none is, and what was kept before stays, or a customer refused.
2: nothing was tried.
`,
  doctor: `Usage: npm run doctor

Looks at settings, policy, store, keys, clock, sign-in, Partner Center, Graph and bot, beside a running bot or none. It
sends nothing to anybody and changes nothing. Without settings of production it looks at the sandbox: POLICY_FILE if that is
set, its database if it was ever started, and whether it runs. Each line says ok, warning, not made yet, NOT REACHABLE, REFUSED or WRONG; below
all but the first stands what to do, once, with the step of docs/install.md.

Status 0: all is well, or there are warnings alone. 1: something is not. 2: the command line is not understood.
`,
  audit: `Usage: npm run audit -- verify [--head NUMBER:HASH]... [--heads FILE]...
                             [--chain-begins-after NUMBER] [--restored-at NUMBER]...
       npm run audit -- export [--from NUMBER]
       npm run audit -- notes [--resend <TICKET, REFERENCE or all>]
       npm run audit -- begin [--chain-begins-after NUMBER]

verify   checks every record of the audit trail and names the first that is not as it was written. Then it compares the
         rows of requests, questions, contacts and freezes with the trail.
         --head, --heads: heads that the bot printed; FILE is its log, - the standard input.
         --chain-begins-after: you know that the rows up to this one are older than the chain, and unprotected.
         --restored-at: you know that the trail was restored at this row; heads of the time that was lost are no fault.
         Status 0: all is well. 1: it is not. 2: it could not be checked.
export   writes the records as lines of JSON, from that number on. Use npm run -s where the output goes into a file.
         Status 0: they are written, or the reader went away. 1: they are not. 2: nothing was tried.
notes    shows the notes that are not in their tickets, the oldest first: ticket, reference, since when, why, and the text.
         --resend: has them sent at once, and for three days anew, by the bot. One that is there already is not added again.
         Status 0: they are shown, or will be sent. 1: there is none of that ticket or reference. 2: nothing was tried.

begin    upgrades a database from before the trail was chained, while no bot runs. NUMBER is how many records it had; without it,
         it says how many there are. Nothing protects them: whoever could write to the database may have made them.
         Status 0: the trail has its chain. 1: it has another number of records. 2: nothing could be done.

All read DATABASE_URL, and verify, notes and begin AUDIT_KEY; without them it is the sandbox's trail.
`,
  backup: `Usage: npm run backup -- FILE
       npm run backup -- --restored

FILE        copies the SQLite database that DATABASE_URL names into a new file, while the bot runs. The keys are not in
            it: keep SEALING_KEY and AUDIT_KEY elsewhere.
--restored  says of the database that DATABASE_URL names that it was restored by other means (a copy of the files, a
            snapshot of a disk, a point in time of PostgreSQL). Run it before the bot starts on it. A copy that was made
            by this command says so by itself.

Status 0: it is done. 1: it is not. 2: nothing was tried.
`,
  cards: `Usage: npm run cards

Draws every card in every state on one page, build/cards.html, which a browser opens without a network.

Status 0: the page is written. 1: it is not. 2: the command line is not understood.
`,
  package: `Usage: npm run package

Makes the Teams app package, build/locksmith.zip, and checks it against Microsoft's manifest schema. Draws what it says on a
page, build/locksmith.html.
Reads MicrosoftAppId, APP_PUBLISHER, APP_WEBSITE_URL, APP_PRIVACY_URL and APP_TERMS_URL. Without MicrosoftAppId the package
is there to be looked at: it cannot be uploaded.

Status 0: the package can be uploaded. 1: it cannot, or was not written. 2: the command line is not understood.
`,
  example: `Usage: npm run example

Runs the Partner Center SDK's example against a pretend Partner Center: one user gets a new password and a new name.

Status 0: it ran. 1: it did not. 2: the command line is not understood.
`,
  licences: `Usage: npm run licences

Writes docs/licences.md: the licence of everything that npm ci --omit=dev installs, from package-lock.json.

Status 0: the page is written. 1: it is not. 2: the command line is not understood.
`,
} as const;
