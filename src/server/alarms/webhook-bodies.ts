import type { AlarmWebhook } from '../serve-settings.ts';
import type { Message } from './message.ts';

/** Slack reads `<…>` as a link or a call for everybody, and `&` as the beginning of a sign. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A run of text, in which no sign means anything: a `TextBlock` would read Markdown in what a shop wrote. */
const teamsText = (text: string, weight?: 'Bolder') => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, weight }],
});

/**
 * What is posted. `json` is for programs, with a `text` beside it; `slack` is an incoming webhook's; `teams` is an
 * Adaptive Card in a message, as a workflow of Teams takes it.
 */
export const webhookBody: Readonly<Record<AlarmWebhook['shape'], (message: Message) => object>> = {
  json: ({ event, subject, text, alarms }) => ({ text: `${subject}\n${text}`, event, subject, alarms }),
  slack: ({ subject, text }) => ({ text: slackText(`${subject}\n${text}`), unfurl_links: false }),
  teams: ({ subject, text }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            teamsText(subject, 'Bolder'),
            ...text
              .split('\n')
              .filter((line) => line.trim() !== '')
              .map((line) => teamsText(line)),
          ],
        },
      },
    ],
  }),
};
