/**
 * A list that a person walks: the cursor is bound to a row's id, so that it stays on its row when rows come, go
 * or are sorted; marks are bound to ids too. Rows are known by their ids only.
 */
export type ListState = {
  /** The rows that are loaded: all of a short list, a window of a long one. */
  readonly ids: readonly string[];
  /** Where the window begins, and how many rows there are in all. */
  readonly offset: number;
  readonly total: number;
  /** Where the cursor is in the whole list; 0 in an empty one. */
  readonly index: number;
  /** The first row that is drawn. */
  readonly top: number;
  /** How many rows are drawn. */
  readonly height: number;
  readonly marks: ReadonlySet<string>;
  /** Where a range of marks begins. */
  readonly anchor?: string;
};

export type ListAction =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: number }
  | { readonly type: 'top' }
  | { readonly type: 'bottom' }
  | { readonly type: 'to'; readonly id: string }
  | { readonly type: 'rows'; readonly ids: readonly string[]; readonly offset?: number; readonly total?: number }
  | { readonly type: 'height'; readonly height: number }
  | { readonly type: 'mark' }
  | { readonly type: 'mark-range' }
  | { readonly type: 'mark-all' }
  | { readonly type: 'set-marks'; readonly ids: readonly string[] };

export const emptyList: ListState = { ids: [], offset: 0, total: 0, index: 0, top: 0, height: 10, marks: new Set() };

/** A list that begins on a remembered row, as soon as that row is there; so many rows beneath the first that is drawn. */
export const listAt = (memory: {
  readonly cursor?: string;
  readonly line?: number;
  readonly marks?: readonly string[];
}): ListState => {
  const { cursor, line = 0, marks = [] } = memory;
  return {
    ...emptyList,
    ...(cursor === undefined ? {} : { ids: [cursor], offset: line, index: line, total: line + 1 }),
    marks: new Set(marks),
  };
};

/** How far beneath the first row that is drawn the cursor is, for `listAt`; nought is the top of the list alone. */
export const lineOf = ({ index, top }: ListState): number => (index === 0 ? 0 : Math.max(1, index - top));

const clampIndex = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));

/** Scrolls by half pages, so that most steps redraw two lines and not the whole screen. */
function scrolled(state: ListState, index: number): ListState {
  const { height, total } = state;
  const half = Math.max(1, Math.floor(height / 2));
  let top = state.top;
  if (index < top) top = index - half;
  if (index >= top + height) top = index - height + 1 + half;
  top = Math.max(0, Math.min(top, total - height));
  return { ...state, index, top };
}

const moved = (state: ListState, index: number): ListState => scrolled(state, clampIndex(index, state.total));

/** Where the cursor's row is now; where it is gone, the nearest row below it that is still there, else above it. */
function indexAfter(state: ListState, ids: readonly string[], offset: number, total: number): number {
  const here = state.index - state.offset;
  if (state.ids[here] === undefined) return clampIndex(state.index, total);
  const positions = new Map(ids.map((id, position) => [id, position]));
  const nearest = [...state.ids.slice(here), ...state.ids.slice(0, here).reverse()].find((id) => positions.has(id));
  return nearest === undefined ? clampIndex(state.index, total) : offset + (positions.get(nearest) ?? 0);
}

function toggled(state: ListState, id: string | undefined): ListState {
  if (id === undefined) return state;
  const marks = new Set(state.marks);
  if (!marks.delete(id)) marks.add(id);
  return { ...state, marks, anchor: id };
}

/** From the last mark to here; from the first row where nothing is marked yet and it is at hand. */
function rangeMarked(state: ListState): ListState {
  const here = cursorId(state);
  const first = state.marks.size === 0 && state.offset === 0 ? 0 : -1;
  const from = state.anchor === undefined ? first : state.ids.indexOf(state.anchor);
  const to = state.index - state.offset;
  if (here === undefined) return state;
  if (from < 0) return { ...state, marks: new Set([...state.marks, here]), anchor: here };
  const range = state.ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ...state, marks: new Set([...state.marks, ...range]), anchor: here };
}

function allMarked(state: ListState): ListState {
  const all = state.ids.length > 0 && state.ids.every((id) => state.marks.has(id));
  return { ...state, marks: all ? new Set() : new Set([...state.marks, ...state.ids]) };
}

/** Replaces the rows and keeps the cursor's row in the same place on the screen. */
function withRows(state: ListState, action: Extract<ListAction, { type: 'rows' }>): ListState {
  const { ids, offset = 0, total = ids.length } = action;
  if (ids === state.ids && offset === state.offset && total === state.total) return state;
  const index = indexAfter(state, ids, offset, total);
  return scrolled({ ...state, ids, offset, total, top: Math.max(0, state.top + index - state.index) }, index);
}

export function listReducer(state: ListState, action: ListAction): ListState {
  switch (action.type) {
    case 'move':
      return moved(state, state.index + action.by);
    case 'page':
      return moved(state, state.index + action.by * Math.max(1, state.height - 1));
    case 'top':
      return moved(state, 0);
    case 'bottom':
      return moved(state, state.total - 1);
    case 'to': {
      const index = state.ids.indexOf(action.id);
      return index < 0 ? state : moved(state, state.offset + index);
    }
    case 'rows':
      return withRows(state, action);
    case 'height':
      return action.height === state.height
        ? state
        : scrolled({ ...state, height: Math.max(1, action.height) }, state.index);
    case 'mark':
      return moved(toggled(state, cursorId(state)), state.index + 1);
    case 'mark-range':
      return rangeMarked(state);
    case 'mark-all':
      return allMarked(state);
    case 'set-marks':
      return { ...state, marks: new Set(action.ids), anchor: undefined };
    default:
      return action satisfies never;
  }
}

/** The id under the cursor. */
export const cursorId = (state: ListState): string | undefined => state.ids[state.index - state.offset];

/** The marked ids, or the one under the cursor when none is marked. */
export const chosenIds = (state: ListState): readonly string[] => {
  if (state.marks.size > 0) return [...state.marks];
  const id = cursorId(state);
  return id === undefined ? [] : [id];
};

/** How many marked rows a filter hides: said aloud, so that nobody acts on what is not seen. */
export function hiddenMarks(state: ListState): number {
  if (state.marks.size === 0) return 0;
  const shown = new Set(state.ids);
  return [...state.marks].filter((id) => !shown.has(id)).length;
}
