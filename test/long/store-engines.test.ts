process.env.BINDELED_TEST_ENGINES = 'all';
await import('../store/engines.test.ts');
