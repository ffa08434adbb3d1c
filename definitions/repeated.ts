/** Every item whose key an earlier item has, with the first such item. */
export function repeated<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): { item: Item; index: number; value: string; first: Item }[] {
  const seen = new Map<string, Item>();
  return items.flatMap((item, index) => {
    const value = key(item);
    const first = seen.get(value);
    if (first !== undefined) return [{ item, index, value, first }];
    seen.set(value, item);
    return [];
  });
}
