import template from '../../../cards/freeze.json' with { type: 'json' };
import type { Conversation, FreezeChoices, Freezing } from '../../reset/index.ts';
import {
  buttons,
  describeFreezing,
  formatCardTime,
  formatChoiceTitle,
  formatDomain,
  formatTechnician,
  freezeCardTexts,
  mentionInCommands,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

const bind = compileCardTemplate('freeze', template);

/** Who presses, in words for the card, and when, in milliseconds since 1970. */
type PressedBy = { readonly technician: Parameters<typeof formatTechnician>[0]; readonly at: number };

/**
 * The card `freeze`: asks what to freeze. A choice stands for an earlier request of the person, so its value means nothing to
 * anybody else, and the customer is looked up again.
 *
 * @param until Milliseconds since 1970 in UTC. From then on its buttons freeze nothing.
 */
export function renderFreezeQuestion(
  { everything, customers }: Extract<FreezeChoices, { kind: 'choices' }>,
  { owner, until }: { readonly owner: string; readonly until: number },
): Card {
  return bind({
    ...frame(freezeCardTexts.heading),
    says: freezeCardTexts.says,
    asks: true,
    hasChoices: customers.length > 0,
    mayFreezeEverything: everything,
    choices: customers.map(({ key, customer }) => ({
      title: formatChoiceTitle([customer.name, formatDomain(customer.domain, sanitizeName)]),
      value: key,
    })),
    owner,
    until: String(until),
  });
}

/** The same card after a press: what happened, who did it and when, and how it ends. It has no buttons. */
export function renderFreezing(freezing: Freezing, conversation: Conversation, by: PressedBy): Card {
  const { says, next } = describeFreezing(freezing, conversation);
  const there = next === undefined ? undefined : mentionInCommands(next, conversation);
  const heading = freezeCardTexts[headingOf(freezing)];
  return renderOver({ heading, says: mentionInCommands(says, conversation), next: there }, by);
}

/** The same card where nothing came of it. */
export function renderNoFreeze(why: 'cancelled' | 'expired', conversation: Conversation, by: PressedBy): Card {
  const { heading, says } = freezeCardTexts[why];
  return renderOver({ heading, says: mentionInCommands(says, conversation), next: undefined }, by);
}

function headingOf({ kind }: Freezing): 'done' | 'already' | 'failed' {
  if (kind === 'frozen') return 'done';
  return kind === 'already' ? 'already' : 'failed';
}

function renderOver(
  { heading, says, next }: { readonly heading: string; readonly says: string; readonly next: string | undefined },
  { technician, at }: PressedBy,
): Card {
  return bind({
    ...frame(heading),
    says,
    hasNext: next !== undefined,
    next: next ?? '',
    isOver: true,
    by: freezeCardTexts.by(formatTechnician(technician), formatCardTime(at)),
  });
}

/** What both have: the words of the buttons, and nothing shown yet. */
function frame(heading: string) {
  return {
    heading,
    summary: heading,
    hasNext: false,
    next: '',
    asks: false,
    hasChoices: false,
    mayFreezeEverything: false,
    choices: [],
    isOver: false,
    by: '',
    label: freezeCardTexts.label,
    missing: freezeCardTexts.missing,
    owner: '',
    until: '',
    freezeTitle: buttons.freeze,
    freezeVerb: verbs.freeze,
    everythingTitle: buttons.freezeEverything,
    everythingVerb: verbs.freezeEverything,
    cancelTitle: buttons.cancel,
    cancelVerb: verbs.cancelFreeze,
  } as const;
}
