/** Builds the package in a folder and gives the paths that its tarball would hold, sorted. */
export function packTarball(folder: string): string[];
