import template from '../../../cards/confirmation.json' with { type: 'json' };
import type { ResetRequest } from '../../reset/request.ts';
import { buttons } from '../texts/buttons.ts';
import { confirmationTexts } from '../texts/confirmation-texts.ts';
import { labels } from '../texts/labels.ts';
import type { Card } from './card.ts';
import { cleanName } from './clean-name.ts';
import { confirmationRows } from './confirmation-rows.ts';
import { createCard } from './create-card.ts';
import { macroTime } from './macro-time.ts';
import type { ProofWanted } from './proof-wanted.ts';
import { sayTime } from './say-time.ts';
import { targetData } from './target-data.ts';
import { verbs } from './verbs.ts';
import { warningsFor } from './warnings-for.ts';

/** `ask`: with inputs and buttons; `working`, `waiting` and `paused`: the same card after the press, with neither. */
export type ConfirmationStage =
  { readonly kind: 'ask'; readonly wanted: ProofWanted } | { readonly kind: 'working' | 'waiting' | 'paused' };

const bind = createCard('confirmation', template);

/** The card `confirmation` at one of its stages. */
export function bindConfirmation(request: ResetRequest, stage: ConfirmationStage): Card {
  const texts = confirmationTexts;
  const target = targetData(request.target);
  const warnings = warningsFor(request);
  const asks = stage.kind === 'ask';
  const wanted = asks ? stage.wanted : { methods: [], verificationRequired: false, ticket: 'off', secondPerson: false };
  const working = request.approval === undefined ? texts.workingHeading : texts.approvedHeading;
  const heading = { ask: texts.heading, working, waiting: texts.waitingHeading, paused: texts.pausedHeading }[
    stage.kind
  ];
  return bind({
    ...target,
    heading,
    tenantLabel: labels.tenant,
    careful: texts.careful,
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    rows: [
      ...(request.customerInferred === 'address' ? [{ label: labels.customer, value: texts.customerOfAddress }] : []),
      ...confirmationRows(request),
    ],
    asks,
    methods: wanted.methods.map((method) => ({ title: cleanName(method), value: method })),
    verificationLabel: texts.verification,
    verificationPlaceholder: texts.verificationPlaceholder,
    verificationMissing: texts.verificationMissing,
    verificationRequired: wanted.verificationRequired,
    verificationOptional: !wanted.verificationRequired && wanted.methods.length > 0,
    ticketLabel: wanted.ticket === 'required' ? texts.ticket : texts.ticketOptional,
    ticketMissing: texts.ticketMissing,
    ticketRequired: wanted.ticket === 'required',
    ticketOptional: wanted.ticket === 'optional',
    effect: wanted.secondPerson ? texts.effectAfterApproval : texts.effect,
    openUntilLabel: texts.openUntil,
    openUntilMacro: macroTime(request.confirmBy),
    openUntil: sayTime(request.confirmBy),
    works: !asks,
    working: asks ? '' : texts[stage.kind],
    workingNext: asks ? '' : texts[`${stage.kind}Next`],
    request: request.id,
    resetTitle: buttons.reset,
    resetVerb: verbs.reset,
    resetStyle: warnings.length > 0 ? 'destructive' : 'positive',
    cancelTitle: buttons.cancel,
    cancelVerb: verbs.cancel,
  });
}
