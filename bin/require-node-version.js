// Stops a Node that is too old, before anything half works under it. Written so that old ones can read it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(`Bindeled needs Node 22.13 or newer; this is ${process.versions.node}. Run "npm ci" to get the pinned one, then use the npm scripts.`);
  process.exit(1);
}
