import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type UserId } from '../../../src/base/ids.ts';
import { findChoice } from '../../../src/reset/questions/answer-typed.ts';
import type { Choice } from '../../../src/reset/questions/question.ts';
import { findNamed, namingOfCustomer, namingOfUser } from '../../../src/reset/questions/typed-name.ts';
import { target } from '../../support/reset-world.ts';

const contoso = {
  id: asId<CustomerId>('c0000000-0000-4000-8000-000000000001'),
  name: 'Contoso Bikes',
  domain: 'contosobikes.onmicrosoft.com',
};

const falcon = {
  id: asId<CustomerId>('c0000000-0000-4000-8000-000000000002'),
  name: 'Falcon Legal',
  domain: 'falconlegal.onmicrosoft.com',
};

const adele = 'adele.vance@contosobikes.onmicrosoft.com';

const alex = 'alex.wilber@contosobikes.onmicrosoft.com';

const cyrillic = { A: '\u0410', C: '\u0421' };

const person = (displayName: string, userPrincipalName: string) => {
  const id = asId<UserId>('d0000000-0000-4000-8000-000000000001');
  return { customer: contoso, user: { ...target.user, id, displayName, userPrincipalName } };
};

const customers = (...named: readonly (typeof contoso)[]): readonly Choice[] =>
  named.map((customer) => ({ kind: 'customer', key: customer.id, customer }));

const people = (...targets: readonly ReturnType<typeof person>[]): readonly Choice[] =>
  targets.map((one) => ({ kind: 'user', key: one.user.userPrincipalName, target: one }));

describe('a typed text', () => {
  it('in the form of an address names the person whose it is, and nobody who is only called so', () => {
    const called = person(adele, alex);
    expect(findNamed([called], adele, namingOfUser)).toEqual([]);
    expect(findNamed([called], adele.replace('@', '\uFF20'), namingOfUser)).toEqual([]);
    const own = person('Adele Vance', adele);
    expect(findNamed([called, own], adele.toUpperCase(), namingOfUser)).toEqual([own]);
    expect(findNamed([own], adele.replace('a', 'á'), namingOfUser)).toEqual([]);
  });

  it('in the form of a domain names the customer whose it is, and none that is only called so', () => {
    const called = { ...falcon, name: contoso.domain };
    expect(findNamed([called], contoso.domain, namingOfCustomer)).toEqual([]);
    expect(findNamed([called, contoso], contoso.domain, namingOfCustomer)).toEqual([contoso]);
    expect(findNamed([called], falcon.domain, namingOfCustomer)).toEqual([called]);
  });

  it('in the form of an id names what has that id, and nothing that is only called so', () => {
    const called = { ...falcon, name: contoso.id };
    expect(findNamed([called], contoso.id, namingOfCustomer)).toEqual([]);
    expect(findNamed([called, contoso], contoso.id.toUpperCase(), namingOfCustomer)).toEqual([contoso]);
  });

  it('does not tell apart those whose names look the same', () => {
    const both = [
      person('Adele Vance', adele),
      person(`${cyrillic.A}dele Vance`, alex),
      person('Megan', 'm@x.example'),
    ];
    expect(findNamed(both, 'adele vance', namingOfUser)).toEqual(both.slice(0, 2));
    expect(findNamed(both, `${cyrillic.A}dele Vance`, namingOfUser)).toEqual(both.slice(0, 2));
    expect(findNamed(both, alex, namingOfUser)).toEqual(both.slice(1, 2));
    expect(findNamed(both, 'Megan', namingOfUser)).toEqual(both.slice(2));
  });

  it('names by letters alone: case, accents and signs make no difference', () => {
    const one = person('Vance, Adéle', adele);
    expect(findNamed([one], 'VANCE ADELE', namingOfUser)).toEqual([one]);
    expect(findNamed([one], ' ', namingOfUser)).toEqual([]);
    expect(findNamed([one], `V${cyrillic.A}nce Adele`, namingOfUser)).toEqual([]);
  });
});

describe('a choice', () => {
  it('is not taken by a name that another choice seems to have', () => {
    const twin = { ...falcon, name: `${cyrillic.C}ontoso Bikes` };
    const choices = customers(contoso, twin);
    expect(findChoice(choices, contoso.name)).toBeUndefined();
    expect(findChoice(choices, twin.name)).toBeUndefined();
    expect(findChoice(choices, '2')).toBe(choices[1]);
    expect(findChoice(choices, twin.domain)).toBe(choices[1]);
    expect(findChoice(choices, contoso.id)).toBe(choices[0]);
  });

  it('is not taken by an address that is only a display name', () => {
    const choices = people(person(adele, alex), person('Megan Bowen', 'megan.bowen@contosobikes.onmicrosoft.com'));
    expect(findChoice(choices, adele)).toBeUndefined();
    expect(findChoice(choices, alex)).toBe(choices[0]);
  });

  it('is taken by a name of its own, though the first part of its domain is that of another', () => {
    const choices = customers(contoso, { ...falcon, name: 'Contoso Bikes EU', domain: 'contosobikes.example' });
    expect(findChoice(choices, 'Contoso Bikes EU')).toBe(choices[1]);
    expect(findChoice(choices, 'contosobikes')).toBeUndefined();
  });
});
