import { Secret } from '../../src/base/secret.ts';

/** The key that chains every trail of the tests. */
export const auditKey = new Secret(Buffer.alloc(32, 9).toString('base64'));
