import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type PrintedHead, readHeadsInLine } from '../../audit/printed-heads.ts';

/** The heads in logs of the bot, or why there are none. */
export type PrintedHeads =
  | {
      readonly kind: 'heads';
      readonly heads: readonly PrintedHead[];
      /** Lines that name a head and could not be read. */
      readonly unread: number;
    }
  | { readonly kind: 'problem'; readonly says: string };

/** Reads the heads that stand in these files; `-` is the standard input. */
export async function readPrintedHeads(files: readonly string[], input: Readable): Promise<PrintedHeads> {
  const heads: PrintedHead[] = [];
  let unread = 0;
  for (const file of files) {
    const before = heads.length;
    const unreadBefore = unread;
    try {
      const lines = createInterface({ input: file === '-' ? input : createReadStream(file), crlfDelay: Infinity });
      for await (const line of lines) {
        const found = readHeadsInLine(line);
        for (const head of found.heads) heads.push(head);
        if (found.isUnread) unread += 1;
      }
    } catch {
      return { kind: 'problem', says: `${file} cannot be read.` };
    }
    if (heads.length === before) {
      const says =
        unread === unreadBefore
          ? `There is no audit-head line in ${file}: is it the bot's log?`
          : `None of the ${unread - unreadBefore} lines in ${file} that name audit-head could be read.`;
      return { kind: 'problem', says };
    }
  }
  return { kind: 'heads', heads, unread };
}
