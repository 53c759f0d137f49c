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

/** First words of made-up companies. */
export const companyWords: readonly string[] = [
  'Alder', 'Amber', 'Beacon', 'Birch', 'Bluebell', 'Bridge', 'Cedar', 'Clover', 'Copper', 'Coral', 'Crescent', 'Dale',
  'Ember', 'Falcon', 'Fern', 'Foxglove', 'Garnet', 'Granite', 'Harbour', 'Hazel', 'Heron', 'Hollow', 'Ivory', 'Juniper',
  'Kestrel', 'Lantern', 'Laurel', 'Linden', 'Maple', 'Meadow', 'Mill', 'Orchard', 'Pebble', 'Quarry', 'Raven', 'River',
  'Saffron', 'Slate', 'Thistle', 'Willow',
];

/** What made-up companies do. */
export const companyTrades: readonly string[] = [
  'Accounting', 'Analytics', 'Architects', 'Books', 'Builders', 'Carpentry', 'Clinics', 'Coffee', 'Design', 'Energy',
  'Engineering', 'Farms', 'Films', 'Foods', 'Freight', 'Insurance', 'Legal', 'Logistics', 'Optics', 'Press', 'Robotics',
  'Textiles', 'Tours',
];
