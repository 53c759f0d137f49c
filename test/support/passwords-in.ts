/** The temporary passwords that stand in a text. */
export function passwordsIn(text: string): readonly string[] {
  return text.match(/\b[A-Z][a-z]+(?:-[a-z]+){3}-\d\d\b/g) ?? [];
}
