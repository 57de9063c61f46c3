import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Page {
  /** From the root of the repository. */
  path: string
  text: string
  /** The text without its code blocks. */
  prose: string
}

export function readPage(path: string): Page {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return { path, text, prose: text.replace(/^```.*?^```$/gms, '') }
}

/** Every page that people read: those at the root, and docs/ with its folders. */
export function allPages(): Page[] {
  const inFolder = (folder: string, recursive: boolean): string[] =>
    readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => relative(ROOT, join(ROOT, folder, name)))
  return [...inFolder('.', false), ...inFolder('docs', true)].sort().map(readPage)
}

/** What stands between single backticks, and the lines of shell blocks. */
export function codeOf({ text, prose }: Page): string[] {
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '')
  const shell = [...text.matchAll(/^```(?:sh|bash|console)\n(.*?)^```$/gms)].flatMap(([, block]) =>
    (block ?? '').split('\n'),
  )
  return [...spans, ...shell.map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '')]
}

/** Targets of links and pictures. */
export function linksOf({ prose }: Page): string[] {
  const plain = prose.replace(/`[^`\n]*`/g, '')
  return [...plain.matchAll(/\]\(([^()\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, markdown, html]) => markdown ?? html ?? '',
  )
}

/** The anchors of a page's headings, as repository hosts make them. */
export function anchorsOf({ prose }: Page): string[] {
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

/** The rows of the tables under a heading, cell by cell, without their head. */
export function tableUnder(page: Page, heading: RegExp): string[][] {
  const section = page.text.split(/^(?=## )/m).find((part) => heading.test(part.split('\n', 1)[0] ?? ''))
  const rows = (section ?? '').split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
