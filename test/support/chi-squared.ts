/** The χ² statistic of counts that should all be equal. */
export function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * The χ² value that fair counts of so many bins exceed as rarely as a normal variable exceeds `deviations` (3.09 is
 * p = 0.001, 6 is p = 10⁻⁹), by Wilson and Hilferty's approximation.
 */
export function chiSquaredLimit(bins: number, deviations: number): number {
  const share = 2 / (9 * (bins - 1));
  return (bins - 1) * (1 - share + deviations * Math.sqrt(share)) ** 3;
}
