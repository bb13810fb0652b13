// Imported first by every command, so that an old Node gets a sentence instead of a stack trace.
const oldestMajor = 20;

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
	console.error(
		`Node ${process.versions.node} is too old: this repository needs Node ${oldestMajor} or newer (https://nodejs.org).`,
	);
	process.exit(1);
}
