import * as fc from 'fast-check';
import getCustomer from './examples/get-customer.response.json' with { type: 'json' };
import listUsers from './examples/list-users.response.json' with { type: 'json' };
import resetResponse from './examples/reset-user-password.response.json' with { type: 'json' };

/** The password that no error may hold, however it is printed. */
export const planted = 'CANARY-Word-42 "<&\'';

const names = fc.constantFrom(
  'id',
  'Id',
  'items',
  'Items',
  'links',
  'next',
  'uri',
  'headers',
  'key',
  'value',
  'code',
  'Code',
);
const moreNames = fc.constantFrom(
  'description',
  'message',
  'password',
  'passwordProfile',
  'state',
  'companyProfile',
  '__proto__',
);
const texts = fc.oneof(
  fc.constantFrom(planted, '900308', 'active', '', '/v1/customers?p=1', `{"code":"${planted}"}`, '&quot;&amp;#39;'),
  fc.string({ unit: 'binary' }),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    texts,
    fc.integer(),
    fc.constantFrom(null, true, false, 1e308),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, moreNames, fc.string()), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** A documented body in which some values were replaced by others, or left out. */
function changed(body: object): fc.Arbitrary<string> {
  return fc.array(fc.tuple(fc.nat(), fc.option(values)), { maxLength: 4 }).map((changes) => {
    let count = 0;
    const total = JSON.stringify(body).split(/[,:[{]/).length;
    const by = new Map(changes.map(([at, value]) => [at % total, value]));
    return (
      JSON.stringify(body, (_key, value: unknown) => {
        count += 1;
        return by.has(count) ? by.get(count) : value;
      }) ?? ''
    );
  });
}

/** A fault in each known shape, the planted password in the place of one value or of all. */
const faults = fc
  .tuple(
    fc.constantFrom(
      'code',
      'Code',
      'description',
      'Description',
      'message',
      'errorName',
      'source',
      'statusCode',
      'all',
    ),
    fc.constantFrom(planted, 'CANARY-Word', JSON.stringify({ code: planted }), `&quot;${planted}&quot;`),
  )
  .map(([name, text]) => {
    const fault = { code: 900308, description: 'd', message: 'm', errorName: 'n', data: ['d'], source: 's' };
    const all = { ...fault, code: text, description: text, message: text, errorName: text, data: [text], source: text };
    return JSON.stringify(name === 'all' ? all : { ...fault, [name]: text });
  });

const bodies = fc.oneof(
  faults,
  values.map((value) => JSON.stringify(value)),
  changed(resetResponse.body),
  changed(listUsers.body),
  changed(getCustomer.body),
  changed({ code: 900308, description: `refused: ${planted}`, data: [planted], source: planted }),
  texts,
  fc.string({ unit: 'binary' }).map((text) => `\uFEFF<html>${text}${planted}`),
);
/** Answers of every kind: the documented ones changed, faults in each known shape, anything JSON, and what is none. */
export const generatedAnswers = fc.record({
  status: fc.constantFrom(
    200,
    200,
    200,
    201,
    204,
    302,
    400,
    401,
    403,
    404,
    405,
    408,
    409,
    418,
    429,
    500,
    501,
    502,
    503,
    599,
  ),
  text: bodies,
  retryAfter: fc.constantFrom(
    '',
    '1',
    '0.5',
    '99999999999999',
    '-1',
    'Sun, 01 Mar 2026 12:00:09 GMT',
    planted.replaceAll(/[^ -~]/g, ''),
  ),
});
