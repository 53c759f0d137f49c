/** An instant in the only form that clients expand in `{{DATE(…)}}` and `{{TIME(…)}}`: no fractions of a second. */
export function macroTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
