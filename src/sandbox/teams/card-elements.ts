/**
 * What an Adaptive Card 1.5 for Teams may hold: the elements that a desk has use for, each with all of its properties.
 * What is not listed is a problem, also where clients would only ignore it.
 * @see https://adaptivecards.io/explorer/
 */

export type PlainKind = 'text' | 'flag' | 'number' | 'url' | 'data' | 'texts' | 'pixels'
/** What a property may be: a plain type, one of some words, an object or list of a kind listed here, or several of them. */
export type Kind =
  | PlainKind
  | { oneOf: readonly string[] }
  | { is: string }
  | { list: string }
  | { any: readonly Kind[] }
export type Shape = { required: readonly string[]; properties: { readonly [name: string]: Kind } }

const SPACING: Kind = { oneOf: ['none', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding'] }
const ACROSS: Kind = { oneOf: ['left', 'center', 'right'] }
const DOWN: Kind = { oneOf: ['top', 'center', 'bottom'] }
const COLOR: Kind = { oneOf: ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'] }
const WEIGHT: Kind = { oneOf: ['lighter', 'default', 'bolder'] }
const SIZE: Kind = { oneOf: ['default', 'small', 'medium', 'large', 'extraLarge'] }
const FONT: Kind = { oneOf: ['default', 'monospace'] }
const STYLE: Kind = { oneOf: ['default', 'emphasis', 'good', 'attention', 'warning', 'accent'] }
const BLOCK_HEIGHT: Kind = { oneOf: ['auto', 'stretch'] }
const FALLBACK: Kind = { any: [{ oneOf: ['drop'] }, { is: 'element' }] }

const COMMON = {
  type: 'text',
  id: 'text',
  isVisible: 'flag',
  separator: 'flag',
  spacing: SPACING,
  height: BLOCK_HEIGHT,
  requires: 'data',
  fallback: FALLBACK,
} as const
const INPUT = { ...COMMON, label: 'text', isRequired: 'flag', errorMessage: 'text' } as const
const ACTION = {
  type: 'text',
  id: 'text',
  title: 'text',
  iconUrl: 'url',
  style: { oneOf: ['default', 'positive', 'destructive'] },
  mode: { oneOf: ['primary', 'secondary'] },
  tooltip: 'text',
  isEnabled: 'flag',
  requires: 'data',
  fallback: { any: [{ oneOf: ['drop'] }, { is: 'action' }] },
} as const
const INPUTS_SENT: Kind = { oneOf: ['auto', 'none'] }
const BACKGROUND: Kind = { any: ['url', { is: 'BackgroundImage' }] }
const BOX = { selectAction: { is: 'action' }, style: STYLE, bleed: 'flag', minHeight: 'pixels' } as const

function shape(required: readonly string[], properties: Shape['properties']): Shape {
  return { required, properties }
}

export const ELEMENTS: { readonly [type: string]: Shape } = {
  TextBlock: shape(['text'], {
    ...COMMON,
    text: 'text',
    color: COLOR,
    fontType: FONT,
    horizontalAlignment: ACROSS,
    isSubtle: 'flag',
    maxLines: 'number',
    size: SIZE,
    weight: WEIGHT,
    wrap: 'flag',
    style: { oneOf: ['default', 'heading'] },
  }),
  RichTextBlock: shape(['inlines'], { ...COMMON, inlines: { list: 'inline' }, horizontalAlignment: ACROSS }),
  Image: shape(['url'], {
    ...COMMON,
    url: 'url',
    altText: 'text',
    backgroundColor: 'text',
    height: { any: [BLOCK_HEIGHT, 'pixels'] },
    width: 'pixels',
    horizontalAlignment: ACROSS,
    selectAction: { is: 'action' },
    size: { oneOf: ['auto', 'stretch', 'small', 'medium', 'large'] },
    style: { oneOf: ['default', 'person'] },
  }),
  ImageSet: shape(['images'], {
    ...COMMON,
    images: { list: 'Image' },
    imageSize: { oneOf: ['auto', 'stretch', 'small', 'medium', 'large'] },
  }),
  Container: shape(['items'], {
    ...COMMON,
    ...BOX,
    items: { list: 'element' },
    verticalContentAlignment: DOWN,
    backgroundImage: BACKGROUND,
    rtl: 'flag',
  }),
  ColumnSet: shape(['columns'], {
    ...COMMON,
    ...BOX,
    columns: { list: 'Column' },
    horizontalAlignment: ACROSS,
  }),
  FactSet: shape(['facts'], { ...COMMON, facts: { list: 'Fact' } }),
  ActionSet: shape(['actions'], { ...COMMON, actions: { list: 'action' }, horizontalAlignment: ACROSS }),
  Table: shape(['columns', 'rows'], {
    ...COMMON,
    columns: { list: 'TableColumnDefinition' },
    rows: { list: 'TableRow' },
    firstRowAsHeader: 'flag',
    showGridLines: 'flag',
    gridStyle: STYLE,
    horizontalCellContentAlignment: ACROSS,
    verticalCellContentAlignment: DOWN,
  }),
  'Input.Text': shape(['id'], {
    ...INPUT,
    placeholder: 'text',
    value: 'text',
    isMultiline: 'flag',
    maxLength: 'number',
    regex: 'text',
    inlineAction: { is: 'action' },
    style: { oneOf: ['text', 'tel', 'url', 'email', 'password'] },
  }),
  'Input.Number': shape(['id'], {
    ...INPUT,
    placeholder: 'text',
    value: 'number',
    min: 'number',
    max: 'number',
  }),
  'Input.Date': shape(['id'], { ...INPUT, placeholder: 'text', value: 'text', min: 'text', max: 'text' }),
  'Input.Time': shape(['id'], { ...INPUT, placeholder: 'text', value: 'text', min: 'text', max: 'text' }),
  'Input.Toggle': shape(['id', 'title'], {
    ...INPUT,
    title: 'text',
    value: 'text',
    valueOn: 'text',
    valueOff: 'text',
    wrap: 'flag',
  }),
  'Input.ChoiceSet': shape(['id'], {
    ...INPUT,
    choices: { list: 'Choice' },
    'choices.data': { is: 'Data.Query' },
    isMultiSelect: 'flag',
    placeholder: 'text',
    style: { oneOf: ['compact', 'expanded', 'filtered'] },
    value: 'text',
    wrap: 'flag',
  }),
}

export const ACTIONS: { readonly [type: string]: Shape } = {
  'Action.Execute': shape(['title'], {
    ...ACTION,
    verb: 'text',
    data: 'data',
    associatedInputs: INPUTS_SENT,
  }),
  'Action.Submit': shape(['title'], {
    ...ACTION,
    data: 'data',
    associatedInputs: INPUTS_SENT,
    msteams: 'data',
  }),
  'Action.OpenUrl': shape(['title', 'url'], { ...ACTION, url: 'url' }),
  'Action.ShowCard': shape(['title', 'card'], { ...ACTION, card: { is: 'AdaptiveCard' } }),
  'Action.ToggleVisibility': shape(['title', 'targetElements'], {
    ...ACTION,
    targetElements: { any: ['texts', { list: 'TargetElement' }] },
  }),
}

/** What stands inside an element, and is no element by itself. */
export const PARTS: { readonly [type: string]: Shape } = {
  AdaptiveCard: shape([], {
    type: 'text',
    $schema: 'url',
    version: 'text',
    body: { list: 'element' },
    actions: { list: 'action' },
    selectAction: { is: 'action' },
    refresh: { is: 'Refresh' },
    fallbackText: 'text',
    backgroundImage: BACKGROUND,
    metadata: 'data',
    minHeight: 'pixels',
    rtl: 'flag',
    speak: 'text',
    lang: 'text',
    verticalContentAlignment: DOWN,
    msteams: { is: 'Teams' },
  }),
  Column: shape(['items'], {
    ...COMMON,
    ...BOX,
    items: { list: 'element' },
    backgroundImage: BACKGROUND,
    rtl: 'flag',
    verticalContentAlignment: DOWN,
    width: { any: ['number', 'pixels', { oneOf: ['auto', 'stretch'] }] },
  }),
  Fact: shape(['title', 'value'], { title: 'text', value: 'text' }),
  Choice: shape(['title', 'value'], { title: 'text', value: 'text' }),
  'Data.Query': shape(['type', 'dataset'], {
    type: 'text',
    dataset: 'text',
    count: 'number',
    skip: 'number',
  }),
  TextRun: shape(['type', 'text'], {
    type: 'text',
    text: 'text',
    color: COLOR,
    fontType: FONT,
    highlight: 'flag',
    isSubtle: 'flag',
    italic: 'flag',
    selectAction: { is: 'action' },
    size: SIZE,
    strikethrough: 'flag',
    underline: 'flag',
    weight: WEIGHT,
  }),
  TableColumnDefinition: shape([], {
    type: 'text',
    width: { any: ['number', 'pixels'] },
    horizontalCellContentAlignment: ACROSS,
    verticalCellContentAlignment: DOWN,
  }),
  TableRow: shape(['type', 'cells'], {
    type: 'text',
    cells: { list: 'TableCell' },
    style: STYLE,
    horizontalCellContentAlignment: ACROSS,
    verticalCellContentAlignment: DOWN,
  }),
  TableCell: shape(['type', 'items'], {
    ...COMMON,
    ...BOX,
    items: { list: 'element' },
    backgroundImage: BACKGROUND,
    rtl: 'flag',
    verticalContentAlignment: DOWN,
  }),
  BackgroundImage: shape(['url'], {
    type: 'text',
    url: 'url',
    fillMode: { oneOf: ['cover', 'repeatHorizontally', 'repeatVertically', 'repeat'] },
    horizontalAlignment: ACROSS,
    verticalAlignment: DOWN,
  }),
  TargetElement: shape(['elementId'], { elementId: 'text', isVisible: 'flag' }),
  Refresh: shape(['action'], { action: { is: 'action' }, userIds: 'texts', expires: 'text' }),
  Teams: shape([], { width: { oneOf: ['full'] }, entities: { list: 'Mention' } }),
  Mention: shape(['type', 'text', 'mentioned'], {
    type: 'text',
    text: 'text',
    mentioned: { is: 'Mentioned' },
  }),
  Mentioned: shape(['id', 'name'], { id: 'text', name: 'text' }),
}
