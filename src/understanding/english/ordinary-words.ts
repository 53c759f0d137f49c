const cut = (list: string): readonly string[] => list.split(/\s+/).filter(Boolean);

/** Words of a list, as they stand. */
export function words(list: string): ReadonlySet<string> {
  return new Set(cut(list));
}

/** A verb in its regular forms: `stop stops stopped stopping`. */
function conjugate(verb: string): readonly string[] {
  const isY = /[^aeiou]y$/.test(verb);
  const stem = /[^e]e$/.test(verb)
    ? verb.slice(0, -1)
    : verb + (/(?:^|[^aeiou])[aeiou][bdgklmnprt]$/.test(verb) ? verb.slice(-1) : '');
  const soft = isY ? `${verb.slice(0, -1)}ie` : /(?:s|sh|ch|x|z)$/.test(verb) ? `${verb}e` : verb;
  return [verb, `${soft}s`, isY ? `${soft}d` : `${stem}ed`, `${isY ? verb : stem}ing`, `${verb}ed`, `${verb}ing`];
}

const verbs = `
  accept access account act add adjust admit advise affect agree allow answer apologise apply appear appreciate
  approve argue arrange arrive ask assign assist assume attach attempt attend authorise authorize beg belong block book
  borrow bother bounce bypass call cancel cause change charge chase chat check claim clear click close complain
  complete concern confirm confuse connect contact continue correct cover crash cry cut deal delay delete deliver demand
  deny describe dial die disable discuss dispatch drop edit email employ enable end enter escalate exceed excuse
  exhaust exist expect expire explain fail fill finish fix follow force forward generate grant greet guess handle
  happen hand help hire hold hope hurry identify ignore include inform initiate insist install intend issue join keep
  knock lapse leak leave list lock log look lose mail manage matter mention message miss mistype move name need
  note notice notify onboard open order organise organize owe own panic park pass paste perform phone pick ping place
  plan play plead prefer prepare present proceed process promise prompt provide pull push put
  quit raise reach react read reason receive recover refer refresh regard register regret reject rely remain remember
  remind remove renew repeat replace reply report request require reset resign resolve respond rest restart restore retire
  retry return reuse review ring rotate rush sack save scream search secure seem select send set share shout show
  sit skip solve sort speak spell stand start state stay stop struggle submit suffer suggest suppose suspect
  swap swear switch take talk task tell test text thank think tick touch train transfer travel trigger try turn type typo
  understand unlock update upset urge use verify view visit vouch wait walk want warn wish wonder work worry write yell
`;
/** Other forms of verbs. */
const forms = `
  am is are was were be been being do does did done doing has had having can could will would shall should may might
  must let lets let's got gotten getting gave given giving give get made making make sent put left lost told said says say
  saying saw seen see seeing found find finding forgot forgotten forgets forget forgetting knew known know knows knowing
  kept rang rung ran run running runs spoke spoken stood stuck swore sworn took taken thought understood went goes gone go
  going gonna gotta wrote written met meant means mean began begun begins begin bring brings brought bringing broke broken
  breaks break brings bought buy buys came come comes coming caught dealt died dying led lead leads held hear heard hears
  sat set shown spelt spent taught wound won worn hit kept kind
  can't cant cannot couldn't carry carries gives believes believe couldnt won't wont doesn't doesnt don't dont didn't didnt isn't isnt wasn't wasnt aren't
  weren't hasn't hasnt haven't havent wouldn't shouldn't
`;
const nouns = `
  account accountant action behalf headquarters hq admin administrator approver adviser bit agent finance hotel car road day airport analyst app apprentice approval architect
  assistant attachment attack attempt baby birthday bloke board boss bot branch breach browser bunch business
  button workshop studio depot lab store factory yard kitchen case ceo cfo chance chap chat clerk client clue colleague company computer consultant contact
  controller corridor couple coo crew cto customer day dept department deputy designer desk desktop detail developer device
  director doctor document dozen drill driver e-mail employee employer end engineer error event example extension
  facility fault favor favour fellow file firm floor folk form founder friend gang gentleman girl guest guy head
  helpdesk holiday home hospital hour husband id idea illness incident info information instruction interview
  issue job keyboard lady laptop lawyer line link list login logon lot luck lunch machine mailbox maintenance manager
  mate matter meeting making member message mgr min mind minute mistake mobile moment month morning name night note number
  nurse office operation organisation organization owner pair paper part passcode passphrase password payroll pc
  period person phone piece plant portal president presentation priority problem profile project question queue
  reason receptionist ref reference replacement reply reporter requester requestor result room sale school
  screen screenshot second secretary service session shift shop sign site solution someone start starter station
  supervisor supplier support system system task teacher team technician tenancy tenant thing ticket time today top
  trainee train travel trick trip trouble upn user username vendor victim visitor voice voicemail warehouse way wedding
  week weekday weekend wife window witness word worker world year
`;
const adjectives = `
  abrupt accidental actual angry apparent automatic available basic bad brief broad careful certain clear close complete
  constant correct current daily definite desperate different direct easy entire equal exact external final finer frequent
  fresh full furious general glad grateful great grumpy happy honest hopeful immediate impatient important incorrect
  internal kind late like literal low lucky main major maternal minor monthly near nervous new nice normal
  obvious odd official old open original part particular personal poor possible possible previous prior private proper
  quick quiet ready real recent regular remote repeated respective right sad safe secure separate serious severe short
  sick similar simple slow soft sorry special specific spontaneous standard strange strict sudden sure temporary
  terrible thankful total tough true unfortunate unexpected urgent usual various vague weekly whole wrong yearly
`;
/** What needs no explanation beside a name. */
const others = `
  a an the this that these those it it's its he she they his her hers him them their theirs he's she's they're they've
  who who's whose whom which what we we're we've our us i i'm im i've i'd i'll me my mine you u your yours you'd you're
  not no yes yeah yep yup nope ok okay oh well so as if then than because since but and or nor & + with without w/ w/o of
  for to from in on at by about into onto up out off over under after before between during until till while when where
  why how there here via per upon against along around across behind beside besides beyond despite except inside near
  outside through throughout toward towards within unless whether though although however hence thus
  please pls plz plss plese pleas kindly thanks thx tnx ty ta cheers asap urgent quickly right away again once more just
  only very too also still already soon later now tonight tomorrow yesterday today hi hello hey hiya afternoon evening
  good dear guys all folks everyone everybody locksmith rst re-set temp another other others else same such each every
  either neither both some any few many much several enough extra plenty next last first third fourth fifth one two three
  four five six seven eight nine ten half twice back ahead able unable anymore longer anybody anyone something
  somebody anything everything nothing nobody none ever never always often sometimes usually maybe perhaps almost
  nearly barely hardly quite rather instead together therefore otherwise meanwhile anyway anyways altogether afterwards
  earlier sooner better best worse worst less least latest late soonest most little long far high whatever whenever
  whichever whatsoever myself yourself himself herself itself ourselves themselves
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun vacation pto sick ill parental
  maternity paternity overnight abroad annual advance weather
  pw pwd pass passwd p/w credentials creds sign-in signin logout pw-reset reset-password password-reset passwordreset
  pwreset passwort-reset pwr resetpw resetpwd resetpassword passwordfor lockout domain org cust c/o smtp address
  staff people m365 o365 365 microsoft ms azure entra ad windows teams outlook onmicrosoft excel sharepoint onedrive
  call-back callback ext tel attn fyi btw inc re fw fwd cc id p1 p2 p3 p4 vip hr it legal purchasing reception
  mr mrs miss dr sir madam mister man woman men women cos coz cuz bc b/c e.g i.e etc aka w idk rn yo tier phishing spam scam
  ok'd ring ticket's tenant's organisation's sincerely regards rgds br target self joined joiner formerly meanwhile re-enabled caller marketing signed agreed even ever yet front probably simply related straight ways vice basically pause
  create created creates creating have bookkeeper corrections
  evening affected according identity primary pm 4 whom theyre shes hes ive youre thats whats theres transcript below
  above lovely young tall buddy pal click kaput beloved scratch strike apologies pardon oops whoops uh uhm um umm er erm
  ehm eh hm hmm hmmm ah practise practice demo fr fo invalid misplaced mislaid mixed messed stolen damaged landed crying
  newly brand sure fine busy everytime rid spare panicking pinged correction half verification access anymore regarding
  multiple pending overdue unfortunately sadly twice damn hired immediate texted compromised hacked leaked lol haha
  mfa 2fa tfa sspr otp totp fido fido2 yubikey passkey passkeys vpn bitlocker
  earliest needful hurray ugh argh hooray yikes sh
`;

/** Words that need no explanation beside a name. */
export const ordinaryWords: ReadonlySet<string> = new Set([
  ...cut(others),
  ...cut(forms),
  ...cut(verbs).flatMap(conjugate),
  ...cut(nouns).flatMap((noun) => [noun, noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`]),
  ...cut(adjectives).flatMap((word) => [word, word.endsWith('y') ? `${word.slice(0, -1)}ily` : `${word}ly`]),
]);
