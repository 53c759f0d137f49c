const words = /\b(?:[A-Z][a-z]{2,5}){5}_\d{3}\b/g;
const characters = /(?<!\S)(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[+=%?])[\w+=%?]{16}(?!\S)/g;

/** The temporary passwords that stand in a text: those of words, and those of sixteen characters for administrators. */
export function passwordsIn(text: string): readonly string[] {
  return [...(text.match(words) ?? []), ...(text.match(characters) ?? [])];
}
