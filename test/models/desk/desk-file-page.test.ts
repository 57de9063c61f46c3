import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { deskJsonSchema } from '../../../src/models/desk/desk-json-schema.js'
import { deskOf, problemsOf } from './sample-desk.js'

const page = readFileSync(new URL('../../../docs/desk-file.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text ?? '')

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own =
    'properties' in schema && typeof schema.properties === 'object'
      ? Object.keys(schema.properties ?? {})
      : []
  return [...own, ...Object.values(schema).flatMap(keysOf)]
}

describe('docs/desk-file.md', () => {
  it('begins with a whole desk', () => {
    expect(deskOf(blocks[0] ?? '').people).to.have.length(1)
  })

  it('shows the sections of a second desk, one by one', () => {
    const sections = blocks.slice(1)
    expect(sections.map((text) => text.split(':')[0])).to.deep.equal([
      ...['desk', 'people', 'calendars', 'teams', 'types', 'policies', 'ladders', 'routing'],
    ])
    expect(problemsOf(sections.join(''))).to.deep.equal([])
  })

  it('names every key there is', () => {
    const named = new Set(
      [...page.matchAll(/`([\w-]+)`|^## (\w+)$/gm)].map(([, code, title]) => code ?? title),
    )
    expect([...new Set(keysOf(deskJsonSchema()))].filter((key) => !named.has(key))).to.deep.equal([])
  })
})
