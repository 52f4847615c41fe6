// Loaded before the program: SIGUSR2 makes a fault of the kind that no one foresaw, with a key in its words.
process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw new Error(`the unforeseen, with ${process.env.BINDELED_DK_KEY} in it`);
  });
});
