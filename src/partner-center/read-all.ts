/** Every item of a collection, in one list. */
export async function readAll<Item>(collection: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of collection) {
    items.push(item);
  }
  return items;
}
