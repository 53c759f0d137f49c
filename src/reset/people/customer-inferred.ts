/**
 * Whether a customer was not typed but concluded: from the address, whose domain is theirs, or from the last reset in the
 * same chat.
 */
export type CustomerInferred = false | 'address' | 'context';
