// A Medusa of its own, without its dashboard. DATABASE_URL says which database, PORT where it answers.
const { defineConfig } = require('@medusajs/framework/utils');

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      storeCors: 'http://localhost',
      adminCors: 'http://localhost',
      authCors: 'http://localhost',
      jwtSecret: 'made-up',
      cookieSecret: 'made-up',
    },
  },
  admin: { disable: true },
});
