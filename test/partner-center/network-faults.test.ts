import { describe, expect, it } from '@jest/globals';
import { readNetworkFault } from '../../src/partner-center/http/read-network-fault.ts';

function failure(facts: object, cause?: unknown): Error {
  return Object.assign(new TypeError('fetch failed', { cause }), facts);
}

const refused = failure({ code: 'ECONNREFUSED', syscall: 'connect' });
const reset = failure({ code: 'ECONNRESET', syscall: 'read' });
const circle = failure({});
circle.cause = circle;

describe('what fetch threw', () => {
  it.each([
    ['a refused connection', refused],
    ['no such host', failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['every address refused', failure({}, new AggregateError([refused, refused]))],
    ['a connection that did not come about in time', failure({}, failure({ code: 'UND_ERR_CONNECT_TIMEOUT' }))],
    ['a certificate for another host', failure({}, failure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }))],
  ])('says of %s that nothing was sent', (_name, error) => {
    expect(readNetworkFault(error)).toMatchObject({ code: 'not-connected', effect: 'none' });
    expect(readNetworkFault(failure({}, error))).toMatchObject({ code: 'not-connected', effect: 'none' });
  });

  it.each([
    ['a reset', reset],
    ['no error at all', 'ECONNREFUSED'],
    ['nothing', undefined],
    ['an error without a code', failure({})],
    ['an error that causes itself', circle],
    ['one address refused and one reset', failure({}, new AggregateError([refused, reset]))],
    ['an aggregate of nothing', new AggregateError([])],
    ['a host that became unreachable while it answered', failure({ code: 'EHOSTUNREACH', syscall: 'read' })],
    ['a connection the other side closed', failure({}, failure({ code: 'UND_ERR_SOCKET' }))],
  ])('says of %s that a write may have been applied', (_name, error) => {
    expect(readNetworkFault(error)).toMatchObject({ code: 'no-answer', effect: 'unknown' });
  });
});
