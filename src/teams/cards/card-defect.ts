/** A card that our own code asked for wrongly. Its message names the template and the name in it, never a value. */
export class CardDefect extends Error {
  override readonly name = 'CardDefect';
  readonly code: 'missing-name' | 'wrong-type' | 'not-a-name' | 'not-a-card' | 'too-large';

  constructor(code: CardDefect['code'], template: string, where: string) {
    super(`Card ${template}: ${code} (${where})`);
    this.code = code;
  }
}
