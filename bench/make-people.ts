const syllables = `ba be bi bo da de di do fa fe fi ga ge go ha he hi ja jo ka ke ki la le li lo ma me mi mo na ne ni no
  pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we ya za zo chi sha stan berg son ski ler man ton ley ford gar
  mar len ber nor`.split(/\s+/);

/** Numbers from 0 up to, not including, 1; a seed repeats them. */
export function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

export type BenchPerson = {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly nickname: string;
};

/** People with made-up names of about 4,000 first and 40,000 last names, some of them common and most of them rare. */
export function makePeople(count: number): readonly BenchPerson[] {
  const draw = createDraw(7);
  const firsts = makeNames(draw, 4_000, 2, 3);
  const lasts = makeNames(draw, 40_000, 2, 4);
  const namesakes = new Map<string, number>();
  return Array.from({ length: count }, (_, number) => {
    const [first, last] = [pickUneven(draw, firsts), pickUneven(draw, lasts)];
    const name = `${first}.${last}`.toLowerCase();
    const turn = (namesakes.get(name) ?? 0) + 1;
    namesakes.set(name, turn);
    return { id: idOf(number), first, last, nickname: turn === 1 ? name : `${name}${turn}` };
  });
}

export type BenchCustomer = { readonly id: string; readonly name: string; readonly domain: string };

/** Companies of one to three words; the one at 0 has the users. */
export function makeCustomers(count: number): readonly BenchCustomer[] {
  const draw = createDraw(11);
  const words = makeNames(draw, 6_000, 2, 3);
  return Array.from({ length: count }, (_, number) => {
    const parts = Array.from({ length: 1 + Math.floor(draw() * 3) }, () => pickUneven(draw, words));
    const name = `${parts.join(' ')} ${number % 3 === 0 ? 'Limited' : number}`;
    const domain = `${parts.join('').toLowerCase()}${number}.onmicrosoft.com`;
    return { id: idOf(number), name: number === 0 ? 'Wide World Importers' : name, domain };
  });
}

function makeNames(draw: () => number, count: number, least: number, most: number): readonly string[] {
  const names = Array.from({ length: count }, () => {
    const length = least + Math.floor(draw() * (most - least + 1));
    const name = Array.from({ length }, () => syllables[Math.floor(draw() * syllables.length)] ?? '').join('');
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
  return [...new Set(names)];
}

function pickUneven(draw: () => number, names: readonly string[]): string {
  return names[Math.floor(names.length * draw() ** 2.2)] ?? '';
}

function idOf(number: number): string {
  return `${(Math.imul(number + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
