import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const CARDS = new URL('../../../src/cards/', import.meta.url)
/** What a messenger is given: whatever returns one of these is a view. */
const SHOWN = /\b(Card|Form|Spoken)\b/
/** What only makes a part of other views, or chooses among them. */
const PARTS: Readonly<Record<string, string>> = {
  'views/dm-parts#dmCard': 'the frame of the cards in DMs',
  'views/tell-card#tellCard': 'chooses one of the cards in DMs',
  'forms/show-form#showForm': 'the frame of the forms that only show',
}

/** Every view of the desk by file and name, read from the sources: one that is written tomorrow is listed too. */
export function viewsInSource(): string[] {
  const files = readdirSync(CARDS, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
  return files
    .flatMap((file) => viewsOf(file).map((name) => `${file.replace(/\.ts$/, '')}#${name}`))
    .filter((view) => !Object.hasOwn(PARTS, view))
    .sort()
}

/** Those of the parts that no longer exist. */
export function strangers(): string[] {
  return Object.keys(PARTS).filter((part) => {
    const [file = '', name = ''] = part.split('#')
    return !viewsOf(`${file}.ts`).includes(name)
  })
}

function viewsOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(new URL(file, CARDS), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  return source.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement) && isExported(statement)) {
      return shows(statement.type) ? [statement.name?.text ?? ''] : []
    }
    if (!ts.isVariableStatement(statement) || !isExported(statement)) return []
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && ts.isArrowFunction(initializer) && shows(initializer.type) ? [name.getText()] : [],
    )
  })
}

function isExported(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

/** A function without a stated type might show anything: the sources state all of them. */
function shows(type: ts.TypeNode | undefined): boolean {
  return type === undefined || (SHOWN.test(type.getText()) && !/\b(Element|Field)\b/.test(type.getText()))
}
