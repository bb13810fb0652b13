const { execFileSync } = require('node:child_process');

/** Builds the package in a folder and gives the paths that its tarball would hold, sorted. */
exports.packTarball = (folder) => {
	const options = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
	execFileSync('npm', ['run', '--silent', 'build'], options);
	const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], options));
	return files.map(({ path }) => path).sort();
};
