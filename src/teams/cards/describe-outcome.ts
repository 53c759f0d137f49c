import { type Attention, type ResetRequest, wasGivenUp } from '../../reset/request.ts';
import { adviceForSecondPerson } from '../texts/advice-for-second-person.ts';
import { adviceOn } from '../texts/advice-on.ts';
import { outcomeTexts } from '../texts/outcome-texts.ts';
import { cleanName } from './clean-name.ts';

export type OutcomeId =
  | 'outcome-reset'
  | 'outcome-refused'
  | 'outcome-cancelled'
  | 'outcome-declined'
  | 'outcome-expired'
  | 'outcome-attention';

export type Outcome = {
  readonly id: OutcomeId;
  readonly style: 'good' | 'attention' | 'warning' | 'emphasis';
  readonly heading: string;
  readonly says: string;
  readonly next: string | undefined;
};

/** Whom a card speaks to: who asked, or a second person whose leave was wanted. */
export type Reader = 'requester' | 'second-person';

/** Long enough for two sentences with a few names in them. */
const longestSentence = 600;

/** Says what became of a request. One that nothing became of yet counts as expired: whoever shows it, does so too late. */
export function describeOutcome(request: ResetRequest, reader: Reader = 'requester'): Outcome {
  if (wasGivenUp(request)) return { id: 'outcome-attention', style: 'warning', ...outcomeTexts.givenUp };
  if (request.attention !== undefined) return describeAttention(request.attention);
  switch (request.state) {
    case 'reset':
    case 'delivering':
      return { id: 'outcome-reset', style: 'good', ...wordsOfReset(outcomeTexts.reset.underWay) };
    case 'delivered':
      return { id: 'outcome-reset', style: 'good', ...wordsOfReset(outcomeTexts.reset.delivered) };
    case 'hidden':
      return { id: 'outcome-reset', style: 'good', ...wordsOfReset(outcomeTexts.reset.hidden) };
    case 'refused':
      return { id: 'outcome-refused', style: 'attention', ...wordsOfRefusal(request, reader) };
    case 'cancelled':
      return { id: 'outcome-cancelled', style: 'emphasis', ...outcomeTexts.cancelled };
    case 'declined':
      return { id: 'outcome-declined', style: 'emphasis', ...outcomeTexts.declined };
    case 'needs-attention':
      return describeAttention({ kind: 'unclear', trouble: undefined });
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'expired':
      return {
        id: 'outcome-expired',
        style: 'emphasis',
        ...(request.approval === undefined ? outcomeTexts.expired : outcomeTexts.notApproved),
      };
  }
}

function wordsOfReset(says: string): Pick<Outcome, 'heading' | 'says' | 'next'> {
  return { heading: outcomeTexts.reset.heading, says, next: undefined };
}

function wordsOfRefusal(
  { refusal, technician }: ResetRequest,
  reader: Reader,
): Pick<Outcome, 'heading' | 'says' | 'next'> {
  const { heading, says } = outcomeTexts.refused;
  if (refusal === undefined) return { heading, says, next: undefined };
  const advice = reader === 'requester' ? adviceOn(refusal) : adviceForSecondPerson(refusal, technician.name);
  return { heading, says: cleanName(advice.says, longestSentence), next: cleanName(advice.next, longestSentence) };
}

function describeAttention({ kind, trouble }: Attention): Outcome {
  const { heading, unclear, next, sealBroken, sealBrokenNext } = outcomeTexts.attention;
  const cause = trouble === undefined ? '' : `${cleanName(trouble.says, longestSentence)} `;
  const words =
    kind === 'unclear' ? { says: `${cause}${unclear}`, next } : { says: `${cause}${sealBroken}`, next: sealBrokenNext };
  return { id: 'outcome-attention', style: 'warning', heading, ...words };
}
