/** Parts of a cell, from one eighth to seven. */
const eighths = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of so many cells, to the eighth of a cell: full only when nothing is missing, and empty only when nothing is there. */
export const bar = (share: number, cells: number): string => {
  const whole = cells * 8;
  const filled = share >= 1 ? whole : Math.min(whole - 1, Math.ceil(share * whole - 0.5));
  const begun = eighths[(filled % 8) - 1] ?? '';
  const full = Math.floor(filled / 8);
  return '█'.repeat(full) + begun + '░'.repeat(cells - full - begun.length);
};
