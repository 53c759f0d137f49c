/** Says that a search goes on, and how far it is where that is known. Plain text. */
export function sayLooking(read: number | undefined, total: number | undefined): string {
  const done = 'I am still looking, and will answer here when I am done.';
  if (read === undefined) return done;
  const count = read.toLocaleString('en-GB');
  return total === undefined
    ? `${done} So far I have read ${count} people of this customer.`
    : `${done} So far I have read ${count} of ${total.toLocaleString('en-GB')} people of this customer.`;
}
