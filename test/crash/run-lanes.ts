/**
 * Works through `items` in so many lanes at once, in order, each lane with a house of its own, and a new one after
 * `perHouse` items. Gives a promise for each item by its name at once. A lane whose item failed gets a new house. An item
 * that `mayBegin` turns down, by its place in the order, is not worked on, and its promise gives undefined.
 */
export function runLanes<Item extends { readonly name: string }, House extends { close(): Promise<void> }, Result>({
  items,
  lanes,
  perHouse = Infinity,
  mayBegin = () => true,
  build,
  run,
}: {
  readonly items: readonly Item[];
  readonly lanes: number;
  readonly perHouse?: number;
  readonly mayBegin?: (index: number) => boolean;
  readonly build: () => Promise<House>;
  readonly run: (house: House, item: Item) => Promise<Result>;
}): { readonly results: ReadonlyMap<string, Promise<Result | undefined>>; readonly done: Promise<unknown> } {
  const settlers = new Map(items.map((item) => [item, Promise.withResolvers<Result | undefined>()]));
  const results = new Map([...settlers].map(([{ name }, { promise }]) => [name, promise]));
  // A failure is reported by the test that waits for it, which may be later.
  for (const promise of results.values()) promise.catch(() => undefined);
  const left = [...settlers].entries();
  const done = Promise.all(Array.from({ length: lanes }, runLane));
  return { results, done };

  async function runLane(): Promise<void> {
    let house: House | undefined;
    let here = 0;
    for (const [index, [item, { resolve, reject }]] of left) {
      if (!mayBegin(index)) {
        resolve(undefined);
        continue;
      }
      try {
        if (house !== undefined && here === perHouse) {
          await house.close();
          house = undefined;
        }
        if (house === undefined) here = 0;
        here += 1;
        house ??= await build();
        resolve(await run(house, item));
      } catch (failure) {
        reject(failure);
        await house?.close().catch(() => undefined);
        house = undefined;
      }
    }
    await house?.close();
  }
}
