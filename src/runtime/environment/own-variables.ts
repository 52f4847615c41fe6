/** What the program reads from the environment for itself. No shop's secret is looked for in any of them. */
export const ownVariables: readonly string[] = [
  'BINDELED_HOME',
  'BINDELED_LANG',
  'BINDELED_READ_ONLY',
  'BINDELED_STORE',
  'BINDELED_USER',
  'BINDELED_SMTP_PASSWORD',
  'BINDELED_ALARM_WEBHOOK',
];
