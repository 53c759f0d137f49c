const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '\u202egro',
  '${1+1}',
  '{{DATE(2020-01-01)}}',
  '../../etc/passwd',
  '%2e%2e/',
  '__proto__',
  'constructor',
  [],
  [[[[]]]],
  {},
  { __proto__: null, toString: 5 },
  { length: -1 },
  ['x', null, 5],
  { id: { id: { id: 'x' } } },
  'https://evil.example/',
  'adaptiveCard/action',
  'installationUpdate',
  'signin/tokenExchange',
];
const keys = ['id', 'type', 'from', 'value', 'text', 'action', '__proto__', 'constructor', 'toJSON', 'serviceUrl', 'x'];

/** A copy of a JSON object in which one to four things are taken out, replaced, added, doubled or made into a list. */
export function mutate(original: object, integer: (below: number) => number): object {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[integer(Math.max(1, items.length))];
  const copy: object = structuredClone(original);
  for (let left = 1 + integer(4); left > 0; left -= 1) {
    let place: object = copy;
    for (let depth = integer(4); depth > 0; depth -= 1) {
      const inner: unknown = Reflect.get(place, pick(Object.keys(place)) ?? '');
      if (typeof inner === 'object' && inner !== null) place = inner;
    }
    const key = pick(Object.keys(place)) ?? 'x';
    const before: unknown = Reflect.get(place, key);
    const set = (name: string, value: unknown) =>
      Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
    switch (integer(6)) {
      case 0:
        Reflect.deleteProperty(place, key);
        break;
      case 1:
      case 2:
        set(key, structuredClone(pick(strange)));
        break;
      case 3:
        set(pick(keys) ?? 'x', structuredClone(pick(strange)));
        break;
      case 4:
        set(key, [before, structuredClone(before)]);
        break;
      default:
        set(key, typeof before === 'string' ? nibble(before, integer) : { value: before });
    }
  }
  return copy;
}

/** A text in which one character is taken out, doubled, or is another one. */
export function nibble(text: string, integer: (below: number) => number): string {
  const at = integer(Math.max(1, text.length));
  const middle = ['', text.slice(at, at + 1).repeat(2), String.fromCharCode(32 + integer(95)), '\u00e9'][integer(4)];
  return `${text.slice(0, at)}${middle ?? ''}${text.slice(at + 1)}`;
}
