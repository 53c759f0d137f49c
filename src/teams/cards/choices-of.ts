import type { Choice } from '../../reset/questions/question.ts';
import { questionTexts } from '../texts/question-texts.ts';
import { choiceTitle } from './choice-title.ts';

/**
 * The choices of a question as a card shows them: what tells them apart in the title, the opaque key as the value. Titles
 * that would look the same, as names with hidden characters may, get the id.
 */
export function choicesOf(choices: readonly Choice[]): readonly { readonly title: string; readonly value: string }[] {
  const titled = choices.map((choice) => ({ choice, title: choiceTitle(partsOf(choice)) }));
  return titled.map(({ choice, title }) => {
    const isAlone = titled.filter((other) => other.title === title).length === 1;
    return { title: isAlone ? title : choiceTitle([...partsOf(choice), idOf(choice)]), value: choice.key };
  });
}

function partsOf(choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'customer': {
      const { name, domain, id } = choice.customer;
      return [name, domain, questionTexts.tenant(id)];
    }
    case 'user': {
      const { customer, user } = choice.target;
      return [user.displayName, user.userPrincipalName, customer.name, questionTexts.state[user.state]];
    }
  }
}

function idOf(choice: Choice): string {
  return choice.kind === 'customer' ? choice.customer.id : choice.target.user.id;
}
