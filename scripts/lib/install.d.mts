/** Installs the dependencies of the repository in `folder`, unless they are there. */
export function installDependencies(folder?: string): Promise<void>
