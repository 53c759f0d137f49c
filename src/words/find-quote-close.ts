import { opensQuote } from './opens-quote.ts';

/** Where the quotation that opens at `open` closes; double quotes may hold others of their kind. -1 where it never does. */
export function findQuoteClose(text: string, open: number): number {
  const quote = text.charAt(open);
  let depth = 1;
  for (let at = text.indexOf(quote, open + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (quote === '"' && opensQuote(text, at)) {
      depth += 1;
    } else if (closesQuote(text, at)) {
      depth -= 1;
    }
    if (depth === 0) {
      return at;
    }
  }
  return -1;
}

function closesQuote(text: string, at: number): boolean {
  return /^(?:$|[\s,.;:?!)\]'/-])/.test(text.charAt(at + 1)) && !/\s/.test(text.charAt(at - 1));
}
