import type { FormVocabulary, Label } from '../vocabulary-shape.ts';

const raw = String.raw;

/** How forms are labelled, and how names are spelled out. */
export const forms: FormVocabulary = {
  labels: [
    ['recipient', /^(?:to|cc|bcc|an|para|kopie)$/],
    [
      'sender',
      /^(?:from|sender|von|de)$|(?:^| )(?:request[eo]r|reporter|(?:requested|reported|raised|opened|created|submitted|logged|sent) by)$/,
    ],
    ['subject', /^(?:caller|phone|tel|mobile|callback|(?:on )?behalf of)$/],
    [
      'aside',
      /^(?:created|sent|gesendet|date|datum|authori[sz]ed|approval|ticket|id|ref|reference|priority|status)$|(?:^| )(?:approver|approval|by|manager|supervisor|lead|assigned to|assignee|technician|engineer|agent|owner)$/,
    ],
    [
      'customer',
      /^account name$|(?:^| )(?:customer|cust|c|company|client|tenant|organi[sz]ation|org|domain|acct|employer|site|where|location|at)(?: name)?$/,
    ],
    [
      'user',
      /^(?:who|u)$|(?:^|[ -])(?:user|user ?name|user ?id|upn|employee|account|login|user principal name|user email|target|for|person|customer contact|staff member|colleague)$/,
    ],
    ['contact', /(?:^| )(?:name|contact|e-?mail(?: address)?)$/],
    [
      'text',
      /^(?:subject|summary|description|request|action|issue|title|task|details|message|betreff|objet|asunto|category|type|short description|problem|note|notes|what)$/,
    ],
  ] satisfies readonly (readonly [Label, RegExp])[],
  form: {
    user: 'user',
    labelled: /^[\w /]{2,40}[:?] ?\S/,
    column:
      /^(?:client|customer|company|contact|user|name|employee|type|phone|subject|request|site|e-?mail|ticket|priority|issue|category)(?= +[^:=\s])/i,
    nested: /"([\w -]{1,40})"\s*:\s*\{\s*"(?:name|display ?name|full ?name|e?mail|upn)"\s*:/gi,
    firstName:
      /(?<![\w])(?:(?:(?:first|given|fore) ?|(?<=^|\n))name|vorname|voornaam|pr[ée]nom)(?: ?[:=]| is) ?([\p{L}'-]+(?: [\p{L}'-]+)??)(?: ?[,;|/]|(?=\n|$)|(?= [\w ]{2,20}[:=])| and\b)/giu,
    lastName:
      /(?<![\w])(?:(?:last|family|sur) ?name|nachname|achternaam|nom)(?: ?[:=]| is) ?([\p{L}'-]+(?: [\p{L}'-]+){0,3}?)(?: ?[,;|/]|(?=\n|$)|(?= [\w ]{2,20}[:=])| and\b)/giu,
    questions: [
      ['reset for', /^whose (?:password|pw|account)[^?\n]{0,20}\? ?(?=\S)/i],
      ['reset for', /^who (?:needs?|is|wants)[^?\n]{0,20}\breset[^?\n]{0,20}\? ?(?=\S)/i],
      [
        'user',
        /^(?:who (?:needs?|is|wants)[^?\n]{0,40}|(?:which|what) (?:user|person|employee)[^?\n:]{0,30}|who)\? ?(?=\S)/i,
      ],
      [
        'customer',
        /^(?:(?:at |for )?(?:which|what) (?:customer|company|client|tenant)[^?\n:]{0,30}|where[^?\n]{0,20})\? ?(?=\S)/i,
      ],
      ['request', /^(?:what|which|how|why|when|is|are|do|does|urgent)\b[^?\n]{0,60}\? ?(?=\S)(?!no\b|none\b|false\b)/i],
    ],
  },
  spelling: {
    signs: [
      [/ (?:full stop|period|question mark|exclamation (?:mark|point))\b/gi, '.'],
      [/ comma\b/gi, ','],
      [/(?:^| )new (?:line|paragraph) ?/gi, '\n'],
    ],
    dot: /(?<=\w) dot (?=\w)/gi,
    domainWithDot: /\w dot (?:com|net|org|example|co|uk|de|eu|io)\b/i,
    double: 'double',
    leadIn: raw`,? ?(?:that'?s|that is|spelled|spelt|i spell|spelling)[:,]? `,
    asIn: 'as in|for|like',
    remark: /,? ?\bwith (?:(?:an?|one|two|double) )?((?:[a-z](?![\w'])(?: (?=[a-z]\b))?){1,3})/gi,
  },
};
