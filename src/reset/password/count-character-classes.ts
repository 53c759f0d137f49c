/** How many of the four classes a password has: lower case, upper case, digits, and anything else. */
export function countCharacterClasses(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((characterClass) => characterClass.test(password)).length;
}
