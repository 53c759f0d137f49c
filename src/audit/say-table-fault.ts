import type { TableFault } from '../store/find-table-faults.ts';
import { showName } from './show-name.ts';

/** Says in a sentence what is not as Locksmith makes it in a table of the trail. */
export function sayTableFault(fault: TableFault): string {
  const { table } = fault;
  switch (fault.kind) {
    case 'table-missing':
      return `The table ${table} is not there.`;
    case 'no-table':
      return `${table} is not a table any more, but something that shows what it likes, such as a view.`;
    case 'column-missing':
      return `The table ${table} has no column ${fault.column}.`;
    case 'column-type':
      return `The column ${fault.column} of ${table} is of the type "${showName(fault.type)}" instead of ${fault.made}.`;
    case 'key-missing':
      return `The table ${table} has not its primary key any more, so rows may be there twice.`;
    case 'guard-missing':
      return `The trigger ${fault.guard} is gone, which guards ${table}.`;
    case 'guard-off':
      return `The trigger ${fault.guard} is switched off, which guards ${table}.`;
    case 'guard-altered':
      return `The trigger ${fault.guard} is another one than Locksmith made to guard ${table}.`;
    case 'foreign-hook':
      return fault.what === 'row security'
        ? `Row security was put on ${table}: it can hide rows.`
        : `There is a ${fault.what} on ${table} that Locksmith did not make: ${showName(fault.name)}.`;
  }
}
