import {
  CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { clip } from '../../lib/text.js'
import {
  type DeskPath,
  type DeskProblem,
  describeValue,
  type Finding,
  quoted,
  writePath,
} from './desk-problem.js'

/** A file beyond this is no desk. */
const MAX_BYTES = 1_048_576
/** The parser calls itself per level and keeps every token, so that both are bounded before it is called. */
const MAX_DEPTH = 64
const MAX_INDENT = 200
const MAX_TOKENS = 200_000

/** The text of a desk file, its value, and where in the text each part of it stands. */
export interface YamlSource {
  value: unknown
  place(finding: Finding): DeskProblem
}
export type ReadYaml = { source?: YamlSource; problems: DeskProblem[] }

/**
 * @returns the value, unless the text is no YAML, refers to itself (aliases), or is too large or too deep; and what is
 * wrong with it as YAML. A key given twice is a problem that leaves the value readable.
 */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter()
  const problemAt = (offset: number, finding: Omit<DeskProblem, 'line' | 'column'>): DeskProblem => {
    const { line, col } = lines.linePos(offset)
    return { ...finding, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const limit = passedLimit(text)
  if (limit !== undefined) return { problems: [{ path: '', line: 1, column: 1, ...limit }] }

  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Checked below: the parser's own check compares every key with every other.
    uniqueKeys: false,
    stringKeys: true,
  })
  const paths = nodePaths(document)
  const faults = [...document.errors, ...document.warnings].map((error) =>
    problemAt(error.pos[0], {
      path: writePath(pathBefore(paths, error.pos[0])),
      expected: 'valid YAML',
      found: excerpt(text, error.pos[0]),
      note: clip(error.message.replace(/\s+/g, ' '), 120),
    }),
  )
  for (const { node, path } of paths) {
    if (!isAlias(node) && node.anchor === undefined) continue
    const offset = node.range?.[0] ?? 0
    faults.push(
      problemAt(offset, {
        path: writePath(path),
        expected: 'a value written out',
        found: isAlias(node)
          ? `the alias *${clip(node.source, 40)}`
          : `the anchor &${clip(node.anchor ?? '', 40)}`,
      }),
    )
  }
  if (faults.length > 0) return { problems: faults }

  const value: unknown = document.toJS()
  const source: YamlSource = {
    value,
    place(finding) {
      const found = finding.found ?? describeValue(valueAt(value, finding.path))
      return problemAt(offsetOf(document, finding), {
        path: writePath(finding.path),
        expected: finding.expected,
        found,
        ...(finding.note === undefined ? {} : { note: finding.note }),
      })
    },
  }
  return { source, problems: repeatedKeys(paths).map(({ offset, ...rest }) => problemAt(offset, rest)) }
}

function passedLimit(text: string): { expected: string; found: string } | undefined {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_BYTES) return { expected: 'at most 1 MiB', found: `${bytes} bytes` }
  let flows = 0
  let column = 0
  let tokens = 0
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    tokens += 1
    if (tokens > MAX_TOKENS) return { expected: `at most ${MAX_TOKENS} marks and words`, found: 'more' }
    if (type === 'flow-seq-start' || type === 'flow-map-start') flows += 1
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flows -= 1
    const isIndent = type === 'space' && column === 0 && token.length > MAX_INDENT
    const isLateItem = (type === 'seq-item-ind' || type === 'explicit-key-ind') && column > MAX_INDENT
    if (flows > MAX_DEPTH || isIndent || (flows <= 0 && isLateItem)) {
      return { expected: `lists and maps at most ${MAX_DEPTH} deep`, found: 'deeper ones' }
    }
    column = type === 'newline' ? 0 : column + token.length
  }
  return undefined
}

type SourceNode = NonNullable<ReturnType<typeof asNode>>
function asNode(value: unknown) {
  return isNode(value) ? value : undefined
}

interface NodePath {
  node: SourceNode
  path: DeskPath
}

/** Every node with the way to it, in the order of the text. */
function nodePaths(document: Document): NodePath[] {
  const paths: NodePath[] = []
  const known = new Map<unknown, DeskPath>()
  visit(document, {
    Pair(key, pair, ancestors) {
      const parent = known.get(ancestors.at(-1)) ?? []
      known.set(pair, [...parent, keyName(pair) ?? Number(key)])
    },
    Node(key, node, ancestors) {
      const parent = known.get(ancestors.at(-1)) ?? []
      const path = typeof key === 'number' ? [...parent, key] : parent
      known.set(node, path)
      paths.push({ node, path })
    },
  })
  return paths
}

/** The way to what stands at an offset, or last before it. */
function pathBefore(paths: readonly NodePath[], offset: number): DeskPath {
  return paths.findLast(({ node }) => (node.range?.[0] ?? 0) <= offset)?.path ?? []
}

function keyName(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined
}

function repeatedKeys(paths: readonly NodePath[]) {
  const repeated: { offset: number; path: string; expected: string; found: string }[] = []
  for (const { node, path } of paths) {
    if (!isMap(node)) continue
    const seen = new Set<string>()
    for (const pair of node.items) {
      const name = keyName(pair) ?? ''
      if (seen.has(name)) {
        const offset = asNode(pair.key)?.range?.[0] ?? 0
        repeated.push({
          offset,
          path: writePath([...path, name]),
          expected: 'each key once',
          found: quoted(name),
        })
      }
      seen.add(name)
    }
  }
  return repeated
}

/** Where a finding's value starts; of what is absent, where the map or list starts that lacks it. */
function offsetOf(document: Document, { path, atKey }: Finding): number {
  let node: unknown = document.contents
  let offset = asNode(node)?.range?.[0] ?? 0
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? lastPair(node, String(step)) : undefined
    const isLast = index === path.length - 1
    const next = pair === undefined ? (isSeq(node) ? node.items[Number(step)] : undefined) : pair.value
    const key = asNode(pair?.key)?.range?.[0]
    if (atKey && isLast && key !== undefined) return key
    const start = asNode(next)?.range?.[0]
    // `key:` with nothing after it has no place of its own worth showing.
    const isEmpty = isScalar(next) && next.value === null && next.source === ''
    if (start === undefined || isEmpty) return key ?? offset
    node = next
    offset = start
  }
  return offset
}

/** The one that counts when a key is given twice. */
function lastPair(map: YAMLMap, name: string): Pair | undefined {
  return map.items.findLast((pair) => keyName(pair) === name)
}

function valueAt(value: unknown, path: DeskPath): unknown {
  let inner = value
  for (const step of path) {
    if (inner === null || typeof inner !== 'object' || !Object.hasOwn(inner, step)) return undefined
    inner = (inner as Record<string | number, unknown>)[step]
  }
  return inner
}

function excerpt(text: string, offset: number): string {
  const line = text.slice(offset, offset + 80).split(/\r?\n/, 1)[0] ?? ''
  return line.trim() === '' ? 'the end of the line' : quoted(clip(line.trim(), 30))
}
