const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** The words that the grammar knows by their part in a sentence, in lower case. */
export const vocabulary = {
  abbreviations: words(
    'inc ltd corp co dr mr mrs ms st jr sr bros mfg llc plc gmbh pty prof intl assoc dept messrs no',
  ),
  greetings: words(
    "hi hello hey hiya heya yo howdy morning afternoon evening greetings good day g'day hullo helo hallo",
  ),
  thanks: words('thanks thank thx ty tnx thankyou cheers ta'),
  crowd: words('there all team everyone folks guys mate bot locksmith buddy you u friend again'),
  polite: words(
    'please pls plz plss pleas plese kindly just quickly urgent urgently asap ok okay so then well also now and sorry btw fyi again needed required requested wanted',
  ),
  fronts: words('re fw fwd aw urgent task action request subject todo new ticket actually instead no nope right'),
  wishes: words(
    'i we need needs want wants wanna would like have has to get got do perform make makes create generate set issue send give provide assign ' +
      "arrange organise organize sort let's lets let us go ahead must should shall gotta i'd id we'd i'll we'll request requesting raise ask asking for " +
      "i've we've help me with can could you u your be able someone somebody anyone maybe will mind possible is it any chance there a an the this im i'm require requires looking trying you'd process do run action",
  ),
  articles: words('the a an this that his her their my our your its'),
  pronouns: words(
    'it him her them his hers their theirs they he she me my mine i us we our this that one someone somebody yours your you',
  ),
  clauseStarts: words(
    "he she they it he's she's they're they've it's hes shes theyre i i'm im i've we we're who who's whos user's his her their its the because bc cuz coz since as so " +
      "caller client's call called verified locked urgent please pls plz thanks thank thx ty cheers asap regards rgds sincerely kind best sent ticket ref reference case inc today now " +
      "if when hope let can could would will that and then this is was just quick sorry again needed before send tell don't dont do not no phone tel number dob id note notes reason many hi hello",
  ),
  bareTails: words(
    "please pls plz plss thanks thank thx tnx ty cheers regards rgds sincerely asap urgently urgent immediately because bc cuz coz he's she's they're they've he she they it's i'm who now today again kindly",
  ),
  tailPhrases: new Set<string>(
    "kind regards,best regards,warm regards,many thanks,best wishes,yours sincerely,for me,for him,for her,for them,right now,right away,as soon,as he,as she,as they,since he,since she,since they,so he,so she,so they,so that,if you,if possible,when you,in a hurry,at once,at the moment,and send,and let,and tell,and give,and email,and text,and call,and dm,and message,and share,and ping,and make,and confirm,is locked,was locked,has been,has forgotten,has lost,is unable,is stuck,can't log,can't sign,can't get,can't remember,cannot log,cannot sign,forgot it,forgot his,forgot her,forgot their,as per,per ticket,ref ticket,with ticket,for ticket,re ticket,see ticket".split(
      ',',
    ),
  ),
  userLabels: words(
    'guest user users username upn name person account login employee staff contact email mail e-mail colleague member mailbox userid user-id',
  ),
  customerLabels: words(
    'customer cust client tenant company org organisation organization domain firm customer-id tenant-id customername',
  ),
  ownings: words('account accounts login mailbox user profile sign-in signin logon email'),
  userFillers: words(
    'who works work working employed is over based an employee that currently sits our the of user named called whose',
  ),
  departments: words(
    'accounting accounts finance hr sales marketing it reception legal payroll warehouse operations ops support purchasing procurement logistics production ' +
      'engineering management admin administration research front-desk department dept team office the billing helpdesk',
  ),
  companyWords: words(
    'ltd limited inc incorporated llc llp plc corp corporation co company gmbh ag kg sa sas sarl bv nv ab oy as aps pty srl spa kk group holdings holding partners associates ' +
      'sons daughters brothers bros bank university college school hospital clinic council church trust foundation solutions services systems industries consulting studio studios b.v s.a n.v s.r.l s.p.a e.v',
  ),
  companyAfterAnd: words(
    'sons son daughters daughter co company partners associates brothers bros sisters family friends',
  ),
  crowds: words('everyone everybody both all every each multiple several users many'),
  joins: words('and & + plus or'),
  strongFactors: words(
    'mfa 2fa 2-fa tfa multifactor multi-factor two-factor twofactor 2-factor authenticator passkey passkeys fido fido2 totp otp yubikey sspr unlock unblock unlocking',
  ),
  weakFactors: words(
    'phone token tokens pin authentication auth session sessions licence license licences licenses bitlocker wifi wi-fi vpn voicemail',
  ),
  otherPasswords: words(
    'wifi wi-fi wireless vpn router firewall bitlocker pin sql database printer voicemail gmail sap wlan bios uefi local domain server root laptop pc computer workstation machine device phone tablet iphone ipad icloud google facebook ' +
      'linkedin dropbox zoom slack adobe quickbooks xero sage salesforce citrix rdp ssh ftp sftp nas cctv camera alarm teamviewer anydesk lastpass 1password keeper keepass bitwarden vault pdf excel zip encryption recovery screensaver lock-screen admin administrator sa superuser service ' +
      'webmail banking bank website wordpress cpanel hosting dns registrar modem switch hotspot guest voip 3cx crm erp azure-ad-connect dsrm safe door amazon aws github gitlab jira',
  ),
  qualifiers: words(
    "the a an his her their this that user users account login log-in logon new temp temporary ms m365 o365 microsoft office 365 office365 email e-mail mail ad entra azure domain windows teams outlook users' user's it them",
  ),
  newness: words('new temp temporary fresh another different replacement initial random secure'),
  notPeople: words(
    'router printer server firewall windows computer laptop pc phone mailbox account settings chat conversation counter cache dns vpn modem switch bot clock yourself device session browser outlook teams',
  ),
  questionStarts: words(
    "how how's hows what what's whats why when where who who's whos whom whose which did does do didn't doesn't is are was were has have had should shall shouldn't isn't wasn't hasn't am whether",
  ),
  negators: words(
    "nobody noone undo revert don't dont not never no stop shouldn't shouldnt won't wont didn't didnt without doesn't doesnt can't cant cannot avoid mustn't wasn't hasn't needn't neednt",
  ),
  negatedFillers: words(
    'should must longer necessary required more to please yet ever need needs have want wants you just now actually be get a an any the his her their for require requires do go ahead and i we u',
  ),
  subjects: words('i we you he she they who already u'),
  modals: words("can could would will please pls plz should must shall may might let cud if can't"),
} as const;
