import type { ConnectorFactory } from '../../src/services/dependencies/service-dependencies.ts';

/** For services that only work on what is stored: no shop can be asked anything. */
export const noConnectors: ConnectorFactory = {
  connect: () => undefined,
  driver: () => undefined,
  drivers: () => [],
  detect: async () => [],
  sharesVariables: () => false,
  reservedVariable: () => undefined,
  hasCredentials: () => false,
  credentialNames: () => [],
  saveCredentials: async () => {},
  forgetCredentials: async () => {},
};
