import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Compiles the program file by file, as a release runs it: tsx would add its own cost to every function that is made. */
export async function compiledProgram(): Promise<{ cli: string; deskFile: string }> {
  const src = join(ROOT, 'src')
  const outdir = join(ROOT, '.paidan', 'bench', 'src')
  const entryPoints = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('page/'))
    .map((path) => join(src, path))
  await build({ entryPoints, outdir, outbase: src, format: 'esm', platform: 'node', target: 'esnext' })
  return { cli: join(outdir, 'cli.js'), deskFile: join(ROOT, 'desks', 'sample', 'desk.yaml') }
}
