import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, version } from 'esbuild'

/** The page as the browser gets it: two files named by their content. */
export type PageBundle = { script: { name: string; body: Buffer }; style: { name: string; body: Buffer } }

const PAGE = fileURLToPath(new URL('./page/', import.meta.url))
const LOCK = fileURLToPath(new URL('../../package-lock.json', import.meta.url))

/** What the page imports from beside its own folder. */
const OUTSIDE = [
  '../lib/now',
  './platforms',
  './feishu/card-parts',
  './feishu/fields',
  './teams/card-walk',
  './teams/fields',
]

/** Bundles the page, or takes it from the cache in `cacheDir` when nothing it is made of has changed. */
export async function pageBundle(cacheDir: string): Promise<PageBundle> {
  const key = sourceHash()
  const script = { name: `page-${key}.js`, path: join(cacheDir, `page-${key}.js`) }
  const style = { name: `page-${key}.css`, path: join(cacheDir, `page-${key}.css`) }
  if (!existsSync(script.path) || !existsSync(style.path)) await bundleInto(cacheDir, key)
  return {
    script: { name: script.name, body: readFileSync(script.path) },
    style: { name: style.name, body: readFileSync(style.path) },
  }
}

async function bundleInto(cacheDir: string, key: string): Promise<void> {
  const main = ['main.tsx', 'main.js'].map((name) => join(PAGE, name)).find((path) => existsSync(path))
  if (main === undefined) throw new Error('the page of the sandbox is not part of this installation')
  const { outputFiles } = await build({
    entryPoints: [
      { in: main, out: 'page' },
      { in: join(PAGE, 'style.css'), out: 'style' },
    ],
    outdir: cacheDir,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    charset: 'utf8',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  mkdirSync(cacheDir, { recursive: true })
  for (const old of readdirSync(cacheDir)) rmSync(join(cacheDir, old), { force: true })
  for (const file of outputFiles) {
    writeFileSync(join(cacheDir, `page-${key}.${file.path.endsWith('.css') ? 'css' : 'js'}`), file.contents)
  }
}

/** Of everything the bundle depends on: the page's own files, what it imports beside them, and the locked packages. */
function sourceHash(): string {
  const hash = createHash('sha256').update(version)
  const files = readdirSync(PAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const path of files) hash.update(path).update(readFileSync(path))
  const outside = OUTSIDE.flatMap((name) => [`${name}.ts`, `${name}.js`]).map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  for (const path of [LOCK, ...outside]) if (existsSync(path)) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 16)
}
