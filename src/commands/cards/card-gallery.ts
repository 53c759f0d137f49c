import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Secret } from '../../base/index.ts';
import { policyDefaults } from '../../reset/index.ts';
import { spellAloud } from '../../texts/index.ts';
import {
  type Card,
  renderApproval,
  renderDirectMessage,
  renderQuestion,
  renderRequestCard,
} from '../../teams/index.ts';
import { sampleLists } from './sample-lists.ts';
import { sampleQuestions } from './sample-questions.ts';
import { sampleNow } from './sample-request.ts';
import { sampleStates, sampleToldFacts } from './sample-requests.ts';

/** One page that needs nothing else: every card in every state, drawn by Microsoft's renderer, light, dark, in high contrast and narrow. */
export async function buildGallery(): Promise<string> {
  const page = await readFile(new URL('gallery.html', import.meta.url), 'utf8');
  const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const renderer = await readFile(script, 'utf8');
  return [
    ['/* the renderer */', renderer.replaceAll('</script', String.raw`<\/script`)],
    ['[]', escapeForScript(renderEveryCard())],
    ['{}', escapeForScript(hostConfigs)],
  ].reduce((text, [mark = '', content = '']) => fillMark(text, mark, content), page);
}

/** A mark stands alone on its line. */
function fillMark(page: string, mark: string, content: string): string {
  return page
    .split('\n')
    .map((line) => (line.trim() === mark ? content : line))
    .join('\n');
}

function escapeForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

/** One card with what there is to see on it. */
type NamedCard = { readonly name: string; readonly card: Card };

/** Every card in every state. The passwords are made up for this page. */
export function renderEveryCard(): readonly NamedCard[] {
  const s = sampleStates;
  const { methods } = policyDefaults.verification;
  const proof = { verification: { methods, required: true }, ticket: 'optional', needsApproval: false } as const;
  const card = (request: typeof s.ordinary, changes: Partial<Parameters<typeof renderRequestCard>[1]> = {}) =>
    renderRequestCard(request, { ...proof, ...changes }, sampleNow);
  const withGraph = (request: typeof s.ordinary) => renderRequestCard(request, proof, sampleNow, sampleToldFacts);
  const approval = (request: typeof s.ordinary) => renderApproval(request, sampleNow);
  const message = (request: typeof s.ordinary, password?: string, delivery: 'message' | 'reveal' = 'message') =>
    renderDirectMessage(request, password === undefined ? undefined : new Secret(password), {
      delivery,
      showPasswordForMinutes: policyDefaults.showPasswordForMinutes,
      spellAloud,
    });
  const withFollowUps = (request: typeof s.ordinary, pass?: string) =>
    renderDirectMessage(request, new Secret('TulipMarbleCanyonOtterPillow_472'), {
      delivery: 'message',
      showPasswordForMinutes: policyDefaults.showPasswordForMinutes,
      spellAloud,
      offersSignOut: true,
      offersAccessPass: pass === undefined,
      accessPass: pass === undefined ? undefined : new Secret(pass),
    });
  return [
    ...sampleLists,
    ...sampleQuestions.map(({ name, question }) => ({ name, card: renderQuestion(question, sampleNow) })),
    { name: 'Confirmation', card: card(s.ordinary) },
    { name: 'Confirmation: stop and look', card: card(s.careful) },
    { name: 'Confirmation: with Microsoft Graph', card: withGraph(s.toldOf) },
    { name: 'Confirmation: something came up at the press', card: withGraph(s.toldOfAtThePress) },
    { name: 'Confirmation: no way to Microsoft Graph', card: card(s.withoutWayToGraph) },
    { name: 'Confirmation: with Microsoft Graph, among others', card: withGraph(s.toldOfAmongOthers) },
    { name: 'Confirmation: names that play tricks', card: card(s.awkward) },
    {
      name: 'Confirmation: ticket required, verification not',
      card: card(s.ordinary, { verification: { methods, required: false }, ticket: 'required' }),
    },
    { name: 'Confirmation: working', card: card(s.working) },
    {
      name: 'Confirmation: a second person has to approve',
      card: card(s.careful, { needsApproval: true }),
    },
    { name: 'Confirmation: waiting for approval', card: card(s.waiting) },
    { name: 'Confirmation: no approver in the chat', card: card(s.waitingForNobody) },
    { name: 'Confirmation: approved', card: card(s.approved) },
    { name: 'Approval', card: approval(s.waiting) },
    { name: 'Approval: of an administrator', card: approval(s.waitingCareful) },
    { name: 'Approval: of an administrator of whom Microsoft Graph tells', card: approval(s.waitingToldOf) },
    { name: 'Approval: names that play tricks', card: approval(s.waitingAwkward) },
    { name: 'Approval: approved', card: approval(s.approved) },
    { name: 'Approval: reset', card: approval(s.approvedReset) },
    { name: 'Approval: declined', card: approval(s.declined) },
    { name: 'Approval: expired', card: approval(s.notApproved) },
    { name: 'Approval: taken back', card: approval(s.takenBack) },
    { name: 'Approval: frozen meanwhile', card: approval(s.frozenWhileWaiting) },
    { name: 'Direct message: placeholder', card: message(s.resetting) },
    { name: 'Direct message: password', card: message(s.delivered, 'TulipMarbleCanyonOtterPillow_472') },
    { name: 'Direct message: password of random characters', card: message(s.delivered, 'k7?Tm+Xq2%Wd9=hR') },
    { name: 'Direct message: what may follow', card: withFollowUps(s.delivered) },
    { name: 'Direct message: with a Temporary Access Pass', card: withFollowUps(s.passMade, 'w7#Kd2Qp') },
    { name: 'Direct message: may be in force', card: message(s.unclearDelivered, 'TulipMarbleCanyonOtterPillow_472') },
    { name: 'Direct message: Show password', card: message(s.delivered, undefined, 'reveal') },
    { name: 'Direct message: hidden', card: message(s.hidden) },
    { name: 'Direct message: refused', card: message(s.refused[0] ?? s.ordinary) },
    { name: 'Direct message: no password to show', card: message(s.sealBroken) },
    { name: 'Outcome: reset, on its way', card: card(s.reset) },
    { name: 'Outcome: reset', card: card(s.delivered) },
    { name: 'Outcome: reset, hidden', card: card(s.hidden) },
    { name: 'Outcome: cancelled', card: card(s.cancelled) },
    { name: 'Outcome: declined', card: card(s.declined) },
    { name: 'Outcome: expired', card: card(s.expired) },
    { name: 'Outcome: nobody approved in time', card: card(s.notApproved) },
    { name: 'Outcome: unclear', card: card(s.unclear) },
    { name: 'Outcome: unclear, nothing to show', card: card(s.sealBroken) },
    ...s.refused.map((request) => ({ name: `Outcome: refused, ${refusalName(request)}`, card: card(request) })),
  ];
}

function refusalName({ refusal }: typeof sampleStates.ordinary): string {
  return refusal?.kind === 'no-direct-message' ? `${refusal.kind}, ${refusal.why}` : (refusal?.kind ?? '');
}

type Palette = {
  readonly text: string;
  readonly subtle: string;
  readonly card: string;
  readonly emphasis: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly fills: Readonly<Record<'accent' | 'good' | 'warning' | 'attention', string>>;
};

const lightPalette: Palette = {
  text: '#242424',
  subtle: '#616161',
  card: '#ffffff',
  emphasis: '#f5f5f5',
  accent: '#5b5fc7',
  good: '#237b4b',
  warning: '#835c00',
  attention: '#c4314b',
  fills: { accent: '#e8ebfa', good: '#e7f2da', warning: '#fbf6d9', attention: '#fcf4f6' },
};

const darkPalette: Palette = {
  text: '#ffffff',
  subtle: '#adadad',
  card: '#292929',
  emphasis: '#1f1f1f',
  accent: '#9299f7',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#fa6279',
  fills: { accent: '#2f2f4a', good: '#1f3322', warning: '#463100', attention: '#3e1f25' },
};

const contrastPalette: Palette = {
  text: '#ffffff',
  subtle: '#ffffff',
  card: '#000000',
  emphasis: '#000000',
  accent: '#ffff01',
  good: '#3ff23f',
  warning: '#ffff01',
  attention: '#ffff01',
  fills: { accent: '#000000', good: '#000000', warning: '#000000', attention: '#000000' },
};

/** Host configs for Microsoft's renderer that come close to how Teams looks. */
const hostConfigs = {
  light: createHostConfig(lightPalette),
  dark: createHostConfig(darkPalette),
  contrast: createHostConfig(contrastPalette),
};

function createHostConfig(palette: Palette) {
  const color = (value: string) => ({ default: value, subtle: value });
  const foregroundColors = {
    default: { default: palette.text, subtle: palette.subtle },
    accent: color(palette.accent),
    good: color(palette.good),
    warning: color(palette.warning),
    attention: color(palette.attention),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontTypes: {
      default: createFontType("'Segoe UI', system-ui, sans-serif"),
      monospace: createFontType("'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace"),
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.subtle },
    containerStyles: {
      default: style(palette.card),
      emphasis: style(palette.emphasis),
      accent: style(palette.fills.accent),
      good: style(palette.fills.good),
      warning: style(palette.fills.warning),
      attention: style(palette.fills.attention),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    inputs: {
      label: {
        inputSpacing: 'none',
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
    },
  };
}

function createFontType(fontFamily: string) {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
  };
}
