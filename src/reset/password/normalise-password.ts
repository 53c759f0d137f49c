/**
 * The form in which Entra looks for names and banned words: lower case, with `0→o 1→l $→s @→a`.
 * Accents are taken off too, so that a name such as Zoë is found in its plain spelling.
 * https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad
 */
export function normalisePassword(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('$', 's')
    .replaceAll('@', 'a');
}
