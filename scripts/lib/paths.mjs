import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where downloads are kept: `.paidan/cache` in the repository, or the folder that PAIDAN_CACHE names. */
export function cacheFolder() {
  return process.env.PAIDAN_CACHE ? resolve(process.env.PAIDAN_CACHE) : join(root, '.paidan', 'cache')
}
