/** One line of the result: what was measured, and the baseline it is held against, both from this run. */
export type Figure = {
  readonly what: string;
  readonly ours: number;
  readonly baseline?: { readonly what: string; readonly value: number };
  readonly unit: 'ms' | 'MB' | 'bytes' | 'per second' | 'requests';
  /** The ratio that is aimed at; more is a finding. */
  readonly atMost?: number;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

const shown = (value: number, unit: Figure['unit']): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`;

/** Prints a figure as a line: name, figure, baseline, ratio and what was aimed at. */
export function formatFigure({ what, ours, baseline, unit, atMost }: Figure): string {
  const parts = [what.padEnd(58), shown(ours, unit).padStart(14)];
  if (baseline !== undefined) {
    const ratio = ours / baseline.value;
    const aim = atMost === undefined ? '' : `, aim ${atMost}${ratio <= atMost ? '' : ' MISSED'}`;
    parts.push(`${shown(baseline.value, unit).padStart(14)}  ${ratio.toFixed(2)} times ${baseline.what}${aim}`);
  }
  return parts.join('  ');
}
