import { sayLost } from './say-lost.ts';
import { sayRestore } from './say-restore.ts';
import { showName } from './show-name.ts';
import type { TrailFault } from './trail-fault.ts';

/** Says in a sentence or two what is wrong with a trail, and where. */
export function sayFault(fault: TrailFault): string {
  const row = String(fault.row);
  switch (fault.kind) {
    case 'altered':
      return {
        content: `Row ${row} was altered: it does not hold what was written.`,
        hash: `Row ${row} was altered: it holds another hash than was written.`,
        number: `Row ${row} was altered: it has another number than was written.`,
      }[fault.what];
    case 'missing':
      return (
        (fault.last > fault.row ? `Rows ${row} to ${fault.last} are missing` : `Row ${row} is missing`) +
        (fault.closedUp ? ': the rows after it were given its number and the following ones.' : '.')
      );
    case 'inserted':
      return `A row was inserted that was never written: it stands as ${showName(fault.standsAs)}, where row ${row} belongs.`;
    case 'doubled':
      return `A row was inserted that was never written: it stands as ${row}, beside the row of that number.`;
    case 'reordered':
      return `The rows are not in their order: row ${row} was found as ${showName(fault.foundAs)}.`;
    case 'cut-off': {
      const by = fault.by === 'head' ? 'the database itself knows of row' : 'the log knows of row';
      return `The trail is cut off: row ${row} and those after it are missing; ${by} ${fault.known}.`;
    }
    case 'head-altered':
      return `The head of the trail was altered: it is not that of row ${row}, the last one it could be.`;
    case 'rewritten':
      return (
        `Row ${row} is not the row whose head was printed: somewhere from row ${fault.since + 1} to ${row} the trail was ` +
        'written anew, by the bot after a restore or by somebody who has the key.'
      );
    case 'restored':
      return `${sayRestore(fault)} ${sayLost(fault.heads)} If that restore was yours, say so: --restored-at ${row}.`;
    case 'not-restored':
      return `Row ${row} does not say that the trail was restored there.`;
    case 'check-altered':
      return 'The key is the right one, but what the database kept of it, and of where the chain begins, was altered or removed.';
    case 'wrong-key':
      return `No row fits AUDIT_KEY. ${whichKey(fault.printed)}`;
  }
}

function whichKey(printed: 'none-given' | 'found' | 'not-found'): string {
  switch (printed) {
    case 'none-given':
      return 'Either it is not the key of this trail, or the whole trail was written anew with another one: a head that was printed to the log tells which.';
    case 'found':
      return 'The trail holds the last head that was printed, so it is the key that is another one.';
    case 'not-found':
      return 'The trail does not hold the last head that was printed either: it is another trail, or was written anew with another key.';
  }
}
