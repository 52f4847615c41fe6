import { Box, render, Text, useInput } from 'ink';
import { createElement, useState } from 'react';

// The least that Ink can do: forty rows that never change but for the cursor. What the dashboard is measured against.
const rows = Array.from(
  { length: 40 },
  (_, at) => `NL-${String(at * 7919).padStart(7, '0')}   Regnjakke blå, str. ${at}`,
);

function StaticTable() {
  const [at, setAt] = useState(0);
  useInput((input, key) => {
    if (input === 'j') setAt((now) => (now + 1) % rows.length);
    if (input === 'k') setAt((now) => (now + rows.length - 1) % rows.length);
    if (input === 'q' || key.escape) process.exit(0);
  });
  return createElement(
    Box,
    { flexDirection: 'column', height: 44, width: '100%' },
    createElement(Text, {}, 'Bindeled static table'),
    ...rows.map((row, index) =>
      createElement(Text, { key: row, inverse: index === at, wrap: 'truncate' }, `${index === at ? '>' : ' '} ${row}`),
    ),
  );
}

render(createElement(StaticTable), { alternateScreen: true, incrementalRendering: true, exitOnCtrlC: true });
