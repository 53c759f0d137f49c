import { describe } from '@jest/globals';
import { buildSqliteAuditHouse } from './audit-house.ts';
import { describeAuditCommand } from './describe-audit-command.ts';

describe('npm run audit on SQLite', () => {
  describeAuditCommand(() => Promise.resolve(buildSqliteAuditHouse()));
});
