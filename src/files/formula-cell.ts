/** What a spreadsheet shows of a cell that is written as a formula to keep its noughts: `="00123"`. */
export const shownByFormula = (text: string): string => /^="(.*)"$/.exec(text)?.[1] ?? text;
