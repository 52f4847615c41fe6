const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Figures as a row of little bars, one cell each, the newest last. Empty when there is nothing to compare. */
export function sparkline(figures: readonly number[], cells: number): string {
  const shown = figures.slice(-cells);
  const lowest = Math.min(0, ...shown);
  const highest = Math.max(...shown);
  if (shown.length < 2 || highest === lowest) return '';
  return shown
    .map((figure) => steps[Math.round(((figure - lowest) / (highest - lowest)) * (steps.length - 1))] ?? '')
    .join('');
}
