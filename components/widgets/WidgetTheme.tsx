import { defaultTheme, extendTheme, ThemeProvider } from '@inkjs/ui';
import { type ReactNode, useMemo } from 'react';
import type { Tone } from '../../src/views/text/tones.ts';
import type { Theme } from '../terminal/theme.ts';

type Variant = { readonly variant: 'success' | 'error' | 'warning' | 'info' };

const tones = { success: 'good', error: 'wrong', warning: 'waiting', info: 'quiet' } as const;
const icons = { success: '✓', error: '✗', warning: '◐', info: '·' } as const;

/** The widgets' own word for a tone. */
export const variantOf = (tone: Tone): Variant['variant'] =>
  tone === 'good' ? 'success' : tone === 'wrong' ? 'error' : tone === 'waiting' ? 'warning' : 'info';

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
          StatusMessage: {
            styles: {
              icon: ({ variant }: Variant) => theme.look(tones[variant]),
              // It has one line; what is longer stands in the messages.
              message: () => ({ wrap: 'truncate' as const }),
            },
            config: ({ variant }: Variant) => ({ icon: theme.plain(icons[variant]) }),
          },
          Alert: {
            styles: {
              container: ({ variant }: Variant) => ({
                borderStyle: theme.ascii ? ('classic' as const) : ('round' as const),
                borderColor: theme.look(tones[variant]).color,
                flexGrow: 1,
                gap: 1,
                paddingX: 1,
              }),
              icon: ({ variant }: Variant) => theme.look(tones[variant]),
              title: () => theme.look('strong'),
            },
            config: ({ variant }: Variant) => ({ icon: theme.plain(icons[variant]) }),
          },
        },
      }),
    [theme],
  );
  return <ThemeProvider theme={own}>{children}</ThemeProvider>;
}
