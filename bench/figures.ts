/** One measured figure, beside what it is held against in the same run. */
export type Figure = {
  /** The name by which `--only` finds it, and what it measures. */
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** The peer or the limit in the same run; undefined where the goal is about the figure itself. */
  readonly beside: number | undefined;
  /** The ratio where it is not that of the two, such as the median of the ratios of several rounds. */
  readonly ratio?: number;
  /** What the ratio, or where there is no peer the figure, has to keep to. */
  readonly goal: { readonly is: 'at-most' | 'at-least'; readonly value: number } | undefined;
};

/** Takes what a bench measures. */
export type Report = {
  /** A line for one who reads along. */
  readonly say: (line: string) => void;
  readonly figure: (figure: Figure) => void;
};

/** What a figure is held against its goal by: its ratio to the peer, or itself. */
export function measureOf({ ours, beside, ratio }: Pick<Figure, 'ours' | 'beside' | 'ratio'>): number {
  return ratio ?? (beside === undefined ? ours : ours / beside);
}

/** Whether a figure keeps to its goal; undefined where it has none. */
export function isKept(figure: Figure): boolean | undefined {
  if (figure.goal === undefined) return undefined;
  const { is, value } = figure.goal;
  return is === 'at-most' ? measureOf(figure) <= value : measureOf(figure) >= value;
}

/** The figures as one table for a terminal. With `before`, the same figures of another commit stand beside them. */
export function formatFigures(figures: readonly Figure[], before: readonly Figure[] = []): string {
  const rows = figures.map((figure) => {
    const earlier = before.find(({ name }) => name === figure.name);
    const kept = isKept(figure);
    return [
      figure.name,
      formatGoal(figure),
      figure.beside === undefined ? '' : `${formatNumber(figure.beside)} ${figure.unit}`,
      `${formatNumber(figure.ours)} ${figure.unit}`,
      figure.beside === undefined ? '' : formatNumber(measureOf(figure)),
      kept === undefined ? '' : kept ? 'yes' : 'no',
      ...(before.length === 0 ? [] : [earlier === undefined ? '' : formatNumber(measureOf(earlier))]),
    ];
  });
  const heads = ['figure', 'goal', 'peer or limit', 'ours', 'ratio', 'kept'];
  const table = [before.length === 0 ? heads : [...heads, 'before'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatGoal({ goal, beside, unit }: Figure): string {
  if (goal === undefined) return '';
  const sign = goal.is === 'at-most' ? '≤' : '≥';
  return beside === undefined ? `${sign} ${goal.value} ${unit}` : `${sign} ${goal.value} times`;
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/** The value below which that share of the values lies. */
export function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return shareOf(values, 0.5);
}
