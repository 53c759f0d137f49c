import type { AuditKind } from '../../src/reset/audit-entry.ts';
import { calls } from './calls.ts';
import type { Death, Doing, Fault, KillPoint, Way } from './scenario.ts';

/** How far a request gets: to whom it is refused right away, when it is asked for, and all the way. */
type Needs = 'a card' | 'a direct message' | 'a password in force';

const gets = (fault: Fault, needs: Needs): boolean => {
  if (fault.leads !== 'refused') return true;
  return needs === 'a card' || (needs === 'a direct message' && fault.strikes === 'patch');
};

/**
 * Every place where a bot can die on this way: after each step, and at each call before its effect and after it. With a
 * second person, those from the confirmation to the end of the reset; what is before and after them is the same without.
 */
export function everyDeath(way: Way): readonly Death[] {
  return way === 'approval' ? [...whileConfirmed(), ...whileApproved(), ...whileCarried('approving')] : alone(way);
}

function alone(way: Way): readonly Death[] {
  return [
    ...atCall('the confirmation is posted', 'asking', 'a card', { to: 'connector', fits: calls.posting }),
    // Where the posting is not answered no one can write down where the card stands.
    only(atStep('card-posted', 'asking', 'a card'), ({ strikes }) => strikes !== 'post'),
    ...whileConfirmed(),
    ...whileCarried('confirming'),
    ...(way === 'reveal' ? [atStep('revealed', 'reading', 'a password in force')] : []),
    atStep('passed-on', 'passing-on', 'a password in force'),
    ...atCall('the password is hidden', 'passing-on', 'a password in force', {
      to: 'connector',
      fits: calls.puttingDirectMessage,
    }),
    atStep('hidden', 'passing-on', 'a password in force'),
  ];
}

function whileConfirmed(): readonly Death[] {
  return [
    atStep('confirmed', 'confirming', 'a card'),
    ...atCall('the user is looked up again', 'confirming', 'a card', { to: 'partner-center', fits: calls.lookingUp }),
  ];
}

function whileCarried(carrying: 'confirming' | 'approving'): readonly Death[] {
  return [
    atStep('approved', carrying, 'a card'),
    ...atCall('the direct message is opened', carrying, 'a card', { to: 'connector', fits: calls.opening }),
    ...atCall('the placeholder is posted', carrying, 'a direct message', { to: 'connector', fits: calls.posting }),
    atStep('message-opened', carrying, 'a direct message'),
    atStep('sealed', carrying, 'a direct message'),
    atStep('try-started', carrying, 'a direct message'),
    ...atCall('the password is set', carrying, 'a direct message', { to: 'partner-center', fits: calls.setting }),
    // A redirect ends the request with its try, in one step.
    only(atStep('try-ended', carrying, 'a password in force'), ({ name }) => !name.startsWith('a redirect')),
    only(atStep('needs-attention', carrying, 'a password in force'), ({ leads }) => leads.startsWith('unclear')),
    atStep('delivery-begun', carrying, 'a password in force'),
    ...atCall('the direct message is put', carrying, 'a password in force', {
      to: 'connector',
      fits: calls.puttingDirectMessage,
    }),
    only(atStep('delivery-put-off', carrying, 'a password in force'), ({ name }) => name.includes('blocked')),
    only(atStep('message-opened', carrying, 'a password in force', 2), ({ name }) => name.includes('gone')),
    atStep('delivered', carrying, 'a password in force'),
    only(atStep('refused', carrying, 'a card'), ({ leads }) => leads === 'refused'),
    ...atCall('the card is answered', carrying, 'a card', { to: 'connector', fits: calls.puttingOutcome }),
    atStep('card-answered', carrying, 'a card'),
  ];
}

function whileApproved(): readonly Death[] {
  return [
    atStep('approval-wanted', 'confirming', 'a card'),
    ...atCall('a second person is asked', 'confirming', 'a card', { to: 'connector', fits: calls.posting }),
    atStep('approval-asked', 'confirming', 'a card'),
    atStep('approval-reminded', 'waiting', 'a card'),
    atStep('approval-given', 'approving', 'a card'),
  ];
}

function atStep(step: AuditKind, doing: Doing, needs: Needs, nth = 1): Death {
  return {
    name: `once ${nth === 1 ? '' : 'for the second time '}the step ${step} was committed`,
    while: doing,
    kill: { kind: 'step', step, nth },
    isReachedWith: (fault) => gets(fault, needs),
  };
}

type Call = Pick<Extract<KillPoint, { kind: 'call' }>, 'to' | 'fits'>;

function atCall(what: string, doing: Doing, needs: Needs, { to, fits }: Call): readonly Death[] {
  return (['before', 'between'] as const).map((when) => ({
    name: `${when === 'before' ? 'when' : 'before it hears that'} ${what}`,
    while: doing,
    kill: { kind: 'call', to, when, fits },
    isReachedWith: (fault) => gets(fault, needs),
  }));
}

function only(death: Death, fits: (fault: Fault) => boolean): Death {
  return { ...death, isReachedWith: (fault) => fits(fault) && death.isReachedWith(fault) };
}
