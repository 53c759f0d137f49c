/** First names of made-up users. */
export const firstNames: readonly string[] = [
  'Aaliyah', 'Abel', 'Ada', 'Agnes', 'Aiko', 'Alma', 'Amal', 'Amara', 'Andre', 'Anika', 'Anton', 'Arjun', 'Astrid', 'Bao',
  'Beatriz', 'Benno', 'Bilal', 'Birgit', 'Bruno', 'Camille', 'Carlos', 'Cecilia', 'Chidi', 'Clara', 'Daan', 'Dalia',
  'Daniel', 'Dara', 'Delia', 'Dmitri', 'Edith', 'Elena', 'Elif', 'Emeka', 'Emil', 'Enzo', 'Esther', 'Farah', 'Felix',
  'Finn', 'Freya', 'Gabriel', 'Greta', 'Hana', 'Hassan', 'Helga', 'Hugo', 'Ibrahim', 'Ida', 'Imani', 'Ingrid', 'Iris',
  'Ivan', 'Jakub', 'Jamal', 'Jana', 'Jasper', 'Jin', 'Joana', 'Jonas', 'Julia', 'Kaori', 'Karim', 'Katrin', 'Keiko',
  'Kofi', 'Lars', 'Laila', 'Leon', 'Lina', 'Lucia', 'Luis', 'Magnus', 'Malik', 'Marta', 'Mateo', 'Mila', 'Mohamed',
  'Nadia', 'Naomi', 'Nils', 'Nina', 'Nora', 'Olga', 'Omar', 'Oscar', 'Paula', 'Pavel', 'Petra', 'Priya', 'Rafael',
  'Rania', 'Rosa', 'Ruth', 'Sami', 'Sanna', 'Selma', 'Tariq', 'Thea', 'Tomas', 'Uma',
];

/** Last names of made-up users. */
export const lastNames: readonly string[] = [
  'Abara', 'Acosta', 'Adler', 'Ahmadi', 'Albrecht', 'Almeida', 'Anand', 'Arslan', 'Bakker', 'Banerjee', 'Barros', 'Baum',
  'Becker', 'Berg', 'Bianchi', 'Blom', 'Borg', 'Brandt', 'Cabral', 'Castro', 'Cerny', 'Chandra', 'Chen', 'Conti', 'Cruz',
  'Dahl', 'Demir', 'Diallo', 'Dietrich', 'Dubois', 'Eide', 'Eriksen', 'Esposito', 'Farouk', 'Fischer', 'Fontaine',
  'Fuentes', 'Gallo', 'Garcia', 'Goto', 'Gruber', 'Haddad', 'Hansen', 'Hashimoto', 'Heikkinen', 'Horvat', 'Ibarra',
  'Ito', 'Jansen', 'Jensen', 'Joshi', 'Kamara', 'Kaya', 'Keller', 'Khan', 'Kowalski', 'Kruger', 'Lehmann', 'Lindqvist',
  'Lopes', 'Maier', 'Marino', 'Martins', 'Mbeki', 'Mehta', 'Mendes', 'Moreau', 'Nakamura', 'Nguyen', 'Novak', 'Nyberg',
  'Okafor', 'Olsen', 'Ortega', 'Patel', 'Pereira', 'Petrov', 'Popescu', 'Quist', 'Rahman', 'Ramos', 'Reyes', 'Ricci',
  'Rossi', 'Sato', 'Schmitt', 'Silva', 'Sorensen', 'Suzuki', 'Tanaka', 'Torres', 'Traore', 'Vargas', 'Varga', 'Vogel',
  'Wagner', 'Weiss', 'Yilmaz', 'Zeman',
];

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
