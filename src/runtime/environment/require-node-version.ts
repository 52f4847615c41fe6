const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// Older ones start, almost work, and then fail in the middle of something.
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `Bindeled needs Node 22.13 or newer; this is ${process.versions.node}. Run "npm ci" to get the pinned one.\n`,
  );
  process.exit(2);
}

export {};
