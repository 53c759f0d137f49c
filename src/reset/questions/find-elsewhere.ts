import type { OutOfReach } from '../policy/reach.ts';
import type { AskedPerson, Finding } from '../ports/partner-center.ts';
import type { Customer, Target } from '../target.ts';
import type { OpenQuestion } from './question.ts';

/**
 * Who of these names is elsewhere, where there is nobody at the customer that was chosen: at the other customers that the card
 * offered, or where the address is. Two customers of one name are easily mistaken. Only whole names and addresses count.
 */
export async function findElsewhere(
  find: (asked: AskedPerson) => Promise<Finding | OutOfReach>,
  { choices }: Pick<OpenQuestion, 'choices'>,
  chosen: Customer,
  text: string,
): Promise<readonly Target[]> {
  const found = new Map<string, Target>();
  const look = async (asked: AskedPerson): Promise<void> => {
    const finding = await find(asked);
    if (finding.kind !== 'found' || finding.target.customer.id === chosen.id) return;
    found.set(`${finding.target.customer.id} ${finding.target.user.id}`, finding.target);
  };
  for (const choice of choices) {
    if (choice.kind === 'customer' && choice.customer.id !== chosen.id)
      await look({ text, customer: choice.customer, isAnswer: true });
  }
  if (found.size === 0 && text.includes('@')) await look({ text, isAnswer: true });
  return [...found.values()];
}
