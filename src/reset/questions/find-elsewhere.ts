import type { OutOfReach } from '../policy/reach.ts';
import type { AskedPerson, Finding } from '../ports/partner-center.ts';
import type { Customer, Target } from '../target.ts';
import type { OpenQuestion } from './question.ts';

/**
 * Who of these names is elsewhere, where there is no one at the customer that was chosen: at the other customers that the card
 * offered, or where the address is. Two customers of one name are easily mistaken. Only whole names and addresses count.
 */
export async function findElsewhere(
  find: (asked: AskedPerson) => Promise<Finding | OutOfReach>,
  { choices }: Pick<OpenQuestion, 'choices'>,
  chosen: Customer,
  text: string,
): Promise<readonly Target[]> {
  const others = choices.flatMap((choice) =>
    choice.kind === 'customer' && choice.customer.id !== chosen.id ? [choice.customer] : [],
  );
  const offered = await Promise.all(others.map((customer) => look({ text, customer, isAnswer: true })));
  const found = offered.flat();
  return found.length > 0 || !text.includes('@') ? found : look({ text, isAnswer: true });

  async function look(asked: AskedPerson): Promise<readonly Target[]> {
    const finding = await find(asked);
    return finding.kind === 'found' && finding.target.customer.id !== chosen.id ? [finding.target] : [];
  }
}
