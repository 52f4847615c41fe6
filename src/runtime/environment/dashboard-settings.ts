import { z } from 'zod';
import type { PictureSetting } from '../../views/terminal/picture.ts';
import { pictureProtocols } from '../../views/terminal/picture.ts';

/** How the dashboard looks and listens. */
export type DashboardSettings = {
  readonly theme: 'auto' | 'light' | 'dark' | 'mono';
  readonly ascii: boolean;
  /** Wheel and clicks are asked for. */
  readonly mouse: boolean;
  /** Opening a product's card asks its shops in the background. */
  readonly askOnOpen: boolean;
  /** Pictures are drawn, where the terminal can; `auto`: as it says of itself. */
  readonly pictures: PictureSetting;
};

/** The keys of `config.json` that are about the dashboard, and what each may hold. */
export const dashboardShapes = {
  theme: () => z.enum(['auto', 'light', 'dark', 'mono']),
  ascii: () => z.boolean(),
  mouse: () => z.boolean(),
  askOnOpen: () => z.boolean(),
  pictures: () => z.enum(['auto', 'off', ...pictureProtocols]),
};

/** What was set, and the usual where nothing was. */
export const readDashboardSettings = (config: Partial<DashboardSettings>): DashboardSettings => ({
  theme: config.theme ?? 'auto',
  ascii: config.ascii ?? false,
  mouse: config.mouse ?? true,
  askOnOpen: config.askOnOpen ?? true,
  pictures: config.pictures ?? 'auto',
});
