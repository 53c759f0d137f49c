/** A text as it may stand in an address: small ASCII letters and digits, at most 40; empty where it has none. */
export function slugify(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .replaceAll(/[łŁ]/g, 'l')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 40);
}

/** First names of made-up users. */
export const firstNames: readonly string[] = `
  Aaliyah Abel Ada Agnes Aiko Alma Amal Amara Andre Anika Anton Arjun Astrid Bao Beatriz Benno Bilal Birgit
  Bruno Camille Carlos Cecilia Chidi Clara Daan Dalia Daniel Dara Delia Dmitri Edith Elena Elif Emeka Emil Enzo
  Esther Farah Felix Finn Freya Gabriel Greta Hana Hassan Helga Hugo Ibrahim Ida Imani Ingrid Iris Ivan Jakub
  Jamal Jana Jasper Jin Joana Jonas Julia Kaori Karim Katrin Keiko Kofi Lars Laila Leon Lina Lucia Luis Magnus
  Malik Marta Mateo Mila Mohamed Nadia Naomi Nils Nina Nora Olga Omar Oscar Paula Pavel Petra Priya Rafael Rania
  Rosa Ruth Sami Sanna Selma Tariq Thea Tomas Uma
`
  .trim()
  .split(/\s+/);

/** Last names of made-up users. */
export const lastNames: readonly string[] = `
  Abara Acosta Adler Ahmadi Albrecht Almeida Anand Arslan Bakker Banerjee Barros Baum Becker Berg Bianchi Blom
  Borg Brandt Cabral Castro Cerny Chandra Chen Conti Cruz Dahl Demir Diallo Dietrich Dubois Eide Eriksen
  Esposito Farouk Fischer Fontaine Fuentes Gallo Garcia Goto Gruber Haddad Hansen Hashimoto Heikkinen Horvat
  Ibarra Ito Jansen Jensen Joshi Kamara Kaya Keller Khan Kowalski Kruger Lehmann Lindqvist Lopes Maier Marino
  Martins Mbeki Mehta Mendes Moreau Nakamura Nguyen Novak Nyberg Okafor Olsen Ortega Patel Pereira Petrov
  Popescu Quist Rahman Ramos Reyes Ricci Rossi Sato Schmitt Silva Sorensen Suzuki Tanaka Torres Traore Vargas
  Varga Vogel Wagner Weiss Yilmaz Zeman
`
  .trim()
  .split(/\s+/);

/** Names of people that a careless program stumbles over. */
export const awkwardNames: readonly (readonly [first: string, last: string])[] = [
  ['Siobhán', "O'Reilly"],
  ['Jürgen', 'Müller-Lüdenscheidt'],
  ['Zoë', 'Ångström'],
  ['Pat', 'Atwater'],
  ['Ford', 'Forster at Sea'],
  ['Ann', 'Reset'],
  ['[Click', 'here](http://phishing.example)'],
  ['${name}', '${$root.secret}'],
  ['**Bold**', '_Slanted_'],
  ['<at>Everyone</at>', '<script>'],
  ['נועה', 'בן־דוד'],
  ['سارة', 'العلي'],
  ['Mike\u202Egnp', 'Reversed'],
  ['Łukasz', 'Świętochowski'],
  ['美咲', '高橋'],
  ['Maria del Carmen Guadalupe Esperanza', 'de la Santísima Trinidad y Fernández-Villanueva von Hohenberg zu Rosenau'],
  ['Anna-Lena', 'von und zu Berg'],
  ['D’Arcy', 'L’Estrange'],
  ['Bo', 'Li'],
  ['Robert"); DROP', 'TABLE users;--'],
];

/** First words of made-up companies. */
export const companyWords: readonly string[] = `
  Alder Amber Beacon Birch Bluebell Bridge Cedar Clover Copper Coral Crescent Dale Ember Falcon Fern Foxglove
  Garnet Granite Harbour Hazel Heron Hollow Ivory Juniper Kestrel Lantern Laurel Linden Maple Meadow Mill
  Orchard Pebble Quarry Raven River Saffron Slate Thistle Willow
`
  .trim()
  .split(/\s+/);

/** What made-up companies do. */
export const companyTrades: readonly string[] = `
  Accounting Analytics Architects Books Builders Carpentry Clinics Coffee Design Energy Engineering Farms Films
  Foods Freight Insurance Legal Logistics Optics Press Robotics Textiles Tours
`
  .trim()
  .split(/\s+/);

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
