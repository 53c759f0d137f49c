const words = (list: string): readonly string[] => list.split(' ');

/**
 * Ordinary words of a technician's sentence that are no part of anybody's name: small words, what people do, what
 * happened to them, and what happens at a desk. Words that are names too (`mark`, `grace`, `baker`) are left out on purpose.
 */
export const plainWords: ReadonlySet<string> = new Set([
  ...words(
    'a an the this that these those it its i me my mine we us our ours you u your yours ur he him his she her hers they them their theirs who whom whose which what ' +
      'someone somebody anyone anybody something anything one ones myself yourself himself herself themselves there here',
  ),
  ...words(
    'at from in of for on to with by into onto off out up down over under about after before until till since during through via within without around back per as ' +
      'and or but so because bc cuz coz if when while than then though although whether where why how also too either both still yet again already just now only even ever very really quite much more most less some any no not all each every other another same both',
  ),
  ...words(
    'is are was were be been being am has have had having do does did doing done can could would will shall should may might must let get gets got getting gotten give gives gave given ' +
      'go goes going went gone come comes came coming make makes made take takes took taken need needs needed needing want wants wanted would like likes know knows knew think thinks say says said saying tell tells told ' +
      "needful try tries tried trying keep keeps kept help helps helped see sees saw seen look looks looked looking seem seems hear heard work works worked working use uses using put puts sit sits set sets can't " +
      'cannot cant ask asks asked asking call calls called calling ring rings rang phone phones phoned wait waits waiting waited hold holding speak spoke talk talked send sends sent mail email emails emailed text texts texted dm reply chase chasing need ' +
      'report reports reported raise raised log logs logged request requests requested requesting require requires required start starts started begin begins stop leave leaves leaving left return returns returned returning ' +
      'forget forgets forgot forgotten lose loses lost remember remembers expire expires expired expiring lock locks locked unlocked block blocked sign signs signed enter entered entering type typed typing mistyped open opens opened access accesses accessed accessing ' +
      'verify verified verifies confirm confirmed confirms check checked checks identify identified approve approved vouch vouched pass passes passed fail fails failed failing happen happened change changed changes appreciate appreciated hope hoping wonder wondering sort sorted assist process perform ensure provide share note',
  ),
  ...words(
    "i'm im i've ive i'd i'll you're youre you've we're we've we'll we'd he's hes he'd she's shes she'd they're theyre they've it's that's thats there's what's who's whos isn't isnt aren't arent wasn't wasnt don't dont doesn't doesnt didn't didnt " +
      "won't wont couldn't couldnt can't hasn't hasnt haven't havent user's users' caller's caller callers let's lets",
  ),
  ...words(
    'hi hello hey hiya heya yo howdy morning afternoon evening greetings good day team folks mate bot locksmith thanks thank thx ty tnx thankyou cheers ta many kind best warm regards rgds please pls plz plss kindly sorry welcome ' +
      'great nice well fine ok okay yes yep yeah sure asap urgent urgently urgency immediately quick quickly quicker soon soonest possible rush hurry priority important critical high low time times minute minutes min mins second sec moment hour hours today tonight now yesterday ' +
      'monday tuesday wednesday thursday friday saturday sunday week weeks weekend month day days morning night lunch earlier later early late first last next new old previous recent recently long short away ahead once twice right wrong different correct proper able unable stuck busy ready available happy annoyed angry desperate frustrated panicking',
  ),
  ...words(
    'password passwords pw pwd pass passwd passcode login logins logon log-in sign-in signin account accounts user users username email e-mail mailbox outlook teams onedrive sharepoint excel m365 o365 office365 microsoft 365 computer laptop pc desktop machine screen keyboard phone mobile ' +
      'device browser internet online system systems ticket tickets case incident task job request ref reference number id name title subject message call caller line line desk helpdesk holiday vacation leave maternity sick absence break meeting meetings call presentation ' +
      'person people employee colleague coworker boss manager supervisor director starter staff member contact guest customer client tenant company organisation organization firm domain department dept site shift problem problems issue issues trouble error errors attempts tries try details thing things way bit lot favour favor chance ' +
      'reset resets resetting reset renew temp temporary initial random secure reason info information identity security question questions answer answered callback code link note notes end side file mind generate create assign re fw fwd kick w/ mr mrs ms miss mister dr prof sir madam',
  ),
]);
