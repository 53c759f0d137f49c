/** Names that a careless program stumbles over: they are names and nothing else. */
export const awkwardCompanyNames: readonly string[] = [
  "O'Leary & Daughters",
  'Café Zürich & Söhne GmbH',
  'Bakery at the Lake',
  'Software for Small Teams',
  'Passwords at Work for Everyone',
  '[Invoices](http://phishing.example)',
  '${name} Consulting',
  '<b>Bold</b> & "Quoted" Prints',
  'חברת הדוגמה בע״מ',
  'Łódź Żagle i Wiatr',
  '株式会社サンプル',
  'The Extraordinarily Long Named International Association of Independent Makers of Wooden Furniture, Musical Instruments, Toys and Assorted Household Goods of the Upper and Lower Valleys',
  '123 Reset 456',
  '**Stars** _and_ `Ticks`',
];
