import { defaultTheme, extendTheme, ThemeProvider } from '@inkjs/ui';
import { type ReactNode, useMemo } from 'react';
import type { Theme } from '../terminal/theme.ts';

/** Gives the widgets of @inkjs/ui our colours and signs, so that they too hold without colour and in ASCII. */
export function WidgetTheme({ theme, children }: { readonly theme: Theme; readonly children: ReactNode }) {
  const own = useMemo(
    () =>
      extendTheme(defaultTheme, {
        components: {
          Spinner: { styles: { frame: () => theme.look('accent') } },
          ProgressBar: {
            styles: {
              completed: () => theme.look('accent'),
              remaining: () => theme.look('quiet'),
            },
            config: () => ({ completedCharacter: theme.sign.bar, remainingCharacter: theme.sign.rest }),
          },
        },
      }),
    [theme],
  );
  return <ThemeProvider theme={own}>{children}</ThemeProvider>;
}
