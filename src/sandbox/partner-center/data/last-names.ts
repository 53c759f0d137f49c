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
