/** A process of a command whose requests to Microsoft go where ROUTES says: a JSON object from addresses to addresses. */
const routes: unknown = JSON.parse(process.env['ROUTES'] ?? '{}');
const real = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  const found = Object.entries(Object(routes)).find(([from]) => address.startsWith(from));
  return found === undefined ? real(address, init) : real(String(found[1]) + address.slice(found[0].length), init);
};

await import(`../../src/commands/${process.env['COMMAND'] ?? ''}.ts`);
