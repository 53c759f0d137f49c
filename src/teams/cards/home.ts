import helpTemplate from '../../../cards/help.json' with { type: 'json' };
import template from '../../../cards/home.json' with { type: 'json' };
import type { Rights } from '../../reset/index.ts';
import { buttons, describeHelp, homeTexts, personName, sanitizeName } from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

const bind = compileCardTemplate('home', template);
const bindHelp = compileCardTemplate('help', helpTemplate);

/**
 * The card `home`: what the bot does, a sentence to try, and buttons for what people look for. The buttons carry nothing, and
 * answer each person with what is theirs.
 *
 * @param name The person who said hello; undefined where the bot was only just installed.
 * @param isShared Whether others read the chat: there the bot is mentioned first, and shows no history.
 * @param hasTour Whether `tour` shows more to try, as in the sandbox.
 */
export function renderHome(name: string | undefined, sentence: string, isShared: boolean, hasTour = false): Card {
  const heading = name === undefined ? homeTexts.welcome : homeTexts.greeting(sanitizeName(personName(name)));
  return bind({
    heading: homeTexts.heading,
    summary: homeTexts.heading,
    greeting: heading,
    says: homeTexts.says,
    tryLabel: isShared ? homeTexts.tryItHere : hasTour ? homeTexts.tryItOrTour : homeTexts.tryIt,
    sentence: isShared ? homeTexts.mention(sentence) : sentence,
    hasHistory: !isShared,
    statusTitle: buttons.openResets,
    statusVerb: verbs.status,
    historyTitle: buttons.history,
    historyVerb: verbs.history,
    helpTitle: buttons.help,
    helpVerb: verbs.help,
  });
}

/** The other side of the card `home`: what this person may type, and nothing that they may not do. */
export function renderHelp(rights: Rights, isShared: boolean): Card {
  const { rows, closing } = describeHelp(rights);
  return bindHelp({
    heading: homeTexts.help,
    summary: homeTexts.help,
    rows,
    closing: closing.map((text) => ({ text })),
    hasHistory: !isShared,
    statusTitle: buttons.openResets,
    statusVerb: verbs.status,
    historyTitle: buttons.history,
    historyVerb: verbs.history,
  });
}
