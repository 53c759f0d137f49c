import type { CommandVocabulary } from '../vocabulary-shape.ts';
import { words } from './ordinary-words.ts';

/** How commands are typed. */
export const commands: CommandVocabulary = {
  ownName: /^@ ?locksmith\b[\s,:]*(?=\S)/i,
  courtesy: words(`
  hi hello hey hiya heya yo howdy morning afternoon evening greetings good day hullo helo hallo thanks
  thank thx ty tnx thankyou cheers ta there all team everyone folks guys mate bot locksmith buddy please
  pls plz plss pleas plese kindly just quickly urgent urgently asap ok okay so then well also now and
  sorry btw fyi again
`),
  greeting: /^(?:(?:(?:hi|hello|hey)(?: there)? )?how are you(?: today)?|(?:hi|hello|hey) nice to meet you)$/,
  thanks:
    /^(?:(?:hi|hello|hey|ok|okay|great|perfect|super|awesome|brilliant|lovely|nice|cool|good|excellent|many|got it|works|it works|that works|that worked|all|done|and|so) )*(?:thanks|thank|thx|ty|tnx|thankyou|cheers|ta)(?: (?:you|u|so|very|much|a|lot|bunch|million|again|for|your|the|that|this|help|all|everyone|everybody|team|mate|bot|locksmith|buddy|guys|man|indeed|works|it|worked|done|great|perfect))*$/,
  help: /^(?:h[el]{2}p(?: me)?|hepl|i need help|need help|commands|command list|usage|menu|start|get started|info|what (?:can|do) you do|what can i (?:do|type|say)|how (?:does this|does it|do you) work|how do i use (?:this|you)|who are you|what are you|how to use|how can you help|can you help(?: me)?|manual|instructions|options|examples)$/,
  status:
    /^(?:the status|(?:show|get)(?: me)?(?: the)? status|status|what(?:['’]?s| is)? the status|bot status|status (?:update|report)|my status|status of my requests|(?:(?:please )?(?:show|list)(?: me)? )?(?:(?:the|my|all|all my|any) )?open (?:requests|resets)|(?:what(?:['’]?s| is)?|what resets are|which resets are|is anything|(?:are|is) there anything|anything|do i have anything)(?: (?:still|of mine))? open(?: (?:now|still|here|right now))?|(?:what do i have|have i got anything) open|(?:are there|do i have|have i|have i got) (?:any )?open (?:requests|resets))$/,
  cancel:
    /^(?:stop(?: it| that)?|no stop|abort|never ?mind|forget (?:it|that)|undo|canel|cancel(?: (?:the|my|this|that|it|request|reset|password|pw|pwd|for|of|one|last|current|pending|open|ref|reference|id|no|number|everything|all))*(?: [\w-]{3,64}| [cdfghjkmnp-rtwxy3479]{4} [cdfghjkmnp-rtwxy3479]{4})?|cancel .*\b(?:reset|password|pw|request)\b.*)$/,
  cancelFillers: words(`
  the my this that it request reset password pw pwd for of one last current pending open ref reference id
  no number everything all
`),
  approvers:
    /^(?:(?:(?:show|list|get)(?: me)? )?(?:the |our |my )?approvers?|(?:who|which people) (?:(?:may|can|could|must|should|has to|will) approve|(?:is|are) (?:allowed|able|permitted) to approve|approves)(?: (?:it|this|that|here|a|an|the|my|your|our|resets?|requests?|passwords?|for|me|in|locksmith))*|(?:who is|who are|who's|whos|who) (?:(?:an?|the|my|our|your) )?approvers?|am i an? approver|(?:may|can) i approve(?: (?:it|this|that|resets?|requests?))?)$/,
  hide: /^(?:(?:(?:can|could|would|will) you|you can|i want to|i(?:['’]d)? like to|locksmith) )?(?:now )?(?:hide|hiding)(?:$|(?: (?:me|the|this|that|my|his|her|their|its|new|old|last|shown|temporary|temp))* (?:passwords?|pw|pwd|passwort|it|them|this|that|message)(?: (?:again|here|now|from (?:the )?chat|in (?:the|our|my) chat))?(?= |$)|(?= (?:\S+ ){1,5}(?:passwords?|pw|pwd)$))/,
  hidesBesides: /\b(?:reset|resets|resetting|forgot|forgotten|change|locked|freeze|unfreeze|thaw|confirm)\b/,
  history:
    /^(?:(?:show|me|the|get|give|list|view|see|my|reset|password|audit|full|recent|can|i|you|display|print) )*history/,
  historyFillers: words(`
  of for on about with from at user customer the reset resets
`),
  confirm: /^(?:confirm|confirmed|confirming)$/,
  confirmFillers: words(`
  i i've we we've have has was were been he she they the user caller it this that by with via for reset password
  verified verification ticket tickets case incident ref reference number id
`),
  freeze: /^freeze$/,
  thaw: /^(?:thaw|unfreeze|un-freeze)$/,
  notFrozen: /\b(?:account|mailbox|user|licence|license|phone|screen)$/,
  everything:
    /^(?:(?:the|password|passwords|resets?|for|at|of|customers?|tenants|now|it|them) )*(?:all|every|everything|everyone|everybody)\b/,
  everythingFirst: /^every(?:thing|one|body)\b(?! (?:at|for|of)\b)|^every customer$|^all(?: customers| resets)?$/,
  freezeFillers: words(`
  please pls plz kindly thanks thank you the them password passwords reset resets for at of customer
  customers tenants now it immediately asap all every everything everyone everybody
`),
  pleads: words(`
  please pls plz plss pleas plese kindly
`),
};
