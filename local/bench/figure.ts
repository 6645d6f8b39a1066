/** One measured figure; with a goal, `ok` says whether it was met. */
export interface Figure {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  goal?: { atMost: number } | { atLeast: number };
}

export function isMet({ value, goal }: Figure): boolean {
  if (!goal) return true;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

export const goalOf = ({ goal }: Figure): string => {
  if (!goal) return '';
  return 'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`;
};

/** The line of `--json`. */
export const lineOf = (figure: Figure): string =>
  JSON.stringify({
    bench: figure.bench,
    figure: figure.figure,
    value: figure.value,
    unit: figure.unit,
    goal: goalOf(figure) || null,
    ok: isMet(figure),
  });

const VERDICT = { true: 'ok', false: 'MISSED' } as const;

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure): string[] => [
    figure.bench,
    figure.figure,
    `${figure.value} ${figure.unit}`,
    goalOf(figure),
    figure.goal ? VERDICT[`${isMet(figure)}`] : '',
  ]);
  const all = [['bench', 'figure', 'value', 'goal', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** So large a part of the values, from 0 to 1, is smaller; NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
}

/** The smallest value that this share of all values does not exceed (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
