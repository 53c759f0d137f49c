/** What stands in a database may be anything, and is shown on a terminal. */
export function showName(name: string): string {
  const plain = name.replaceAll(/[^ -~]/g, '?');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
