// Ink measures and takes apart every line of the screen for every frame, though a press of an arrow changes two of
// them. The functions it does that with are pure; here what they answered is kept, which halves the time of a frame.

/** Texts that an answer is kept for, many screens of them; then all are forgotten, which costs one slow frame. */
const widths = 10_000;
/** The same for lines taken apart: each takes some tens of kilobytes, so a few screens of them. */
const lines = 300;

const memoize = `
function keep(ask, most) {
  const known = new Map();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      // A copy: a line cut out of a frame keeps the whole frame in memory for as long as it is kept itself.
      const own = Buffer.from(text, 'utf16le').toString('utf16le');
      answer = ask(own);
      if (known.size >= most) known.clear();
      known.set(own, answer);
    }
    return answer;
  };
}
`;

/** The packages that are put behind a memory, and what stands in their place. */
const wrapped = {
  'string-width': (real) => `
${memoize}
let measures;
// Loaded with the first text that is not plain: see late-modules.js.
const measure = (text, options) => (measures ??= require(${real}).default)(text, options);
const width = keep(measure, ${widths});
export default (text, options) => (options === undefined && typeof text === 'string' ? width(text) : measure(text, options));
`,
  '@alcalzone/ansi-tokenize': (real) => `
import { styledCharsFromTokens as style, tokenize as split } from ${real};
export * from ${real};
${memoize}
const tokens = keep(split, ${lines});
export const tokenize = (text, end) => (end === undefined ? tokens(text) : split(text, end));
const styled = new WeakMap();
export function styledCharsFromTokens(given) {
  let answer = styled.get(given);
  if (answer === undefined) {
    answer = style(given);
    styled.set(given, answer);
  }
  return answer;
}
`,
};

const mark = '\0remembering:';

/** For the bundler: wherever one of these packages is named, its answers are kept. */
export const memoizeInk = {
  name: 'remembering',
  async resolveId(id, importer) {
    if (!(id in wrapped) || importer?.startsWith(mark)) return undefined;
    const real = await this.resolve(id, importer, { skipSelf: true });
    return real === null ? undefined : `${mark}${id}:${real.id}`;
  },
  load(id) {
    if (!id.startsWith(mark)) return undefined;
    const [name, real] = id.slice(mark.length).split(/:(.*)/s);
    return wrapped[name](JSON.stringify(real));
  },
};
