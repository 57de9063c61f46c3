/**
 * Block Kit as data: which properties each thing has, which it must have, and how long each may be.
 * Sources: @slack/types 3.2 and docs.slack.dev/reference/block-kit, as gathered on 2026-11; what no document
 * confirms is named in docs/platforms/assumptions-slack.md.
 */
import { ELEMENTS, image } from './block-kit-elements.js'
import {
  flag,
  id,
  list,
  mrkdwn,
  object,
  oneOf,
  plain,
  type Schema,
  type Surface,
  string,
  text,
} from './block-kit-spec.js'

export const BLOCKS_PER: Record<Surface, number> = { message: 50, modal: 100, home: 100 }
/** Characters of all blocks of a message together, beyond which Slack answers msg_blocks_too_long. */
export const MESSAGE_BLOCKS_CHARS = 13_200
export const BLOCK_OVERHEAD_CHARS = 20
export const MESSAGE_TEXT_CHARS = 40_000
export const UPDATE_TEXT_CHARS = 4_000
export const VIEW_BYTES = 250_000

const SELECTS = Object.keys(ELEMENTS).filter((type) => type.endsWith('_select'))
const CHOICES = [...SELECTS, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker']
const IN_ACTIONS = [...CHOICES, 'datetimepicker', 'button', 'workflow_button', 'overflow', 'rich_text_input']
const IN_SECTION = [...CHOICES, 'button', 'workflow_button', 'overflow', 'image']
const IN_INPUT = [
  ...CHOICES,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'file_input',
  'rich_text_input',
]
const block = { type: string(50), block_id: id }
const cell = object('rich_text', 'raw_text', 'raw_number')
const table = list(list(cell, 20), 100)
const MESSAGE_ONLY: readonly Surface[] = ['message']

export const BLOCKS: { readonly [type: string]: Schema } = {
  section: {
    required: [],
    oneOf: ['text', 'fields'],
    props: {
      ...block,
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: object(...IN_SECTION.map((type) => `element:${type}`)),
      expand: flag,
    },
  },
  header: { required: ['text'], props: { ...block, text: plain(150) } },
  divider: { required: [], props: block },
  image: {
    required: ['alt_text'],
    oneOf: ['image_url', 'slack_file'],
    props: { ...block, ...image, title: plain(2000) },
  },
  context: {
    required: ['elements'],
    props: { ...block, elements: list(object('element:image', 'plain_text', 'mrkdwn'), 10) },
  },
  actions: {
    required: ['elements'],
    props: { ...block, elements: list(object(...IN_ACTIONS.map((type) => `element:${type}`)), 25) },
  },
  input: {
    required: ['label', 'element'],
    props: {
      ...block,
      label: plain(2000),
      element: object(...IN_INPUT.map((type) => `element:${type}`)),
      hint: plain(2000),
      optional: flag,
      dispatch_action: flag,
    },
  },
  file: {
    required: ['external_id', 'source'],
    surfaces: MESSAGE_ONLY,
    props: { ...block, external_id: id, source: oneOf('remote') },
  },
  markdown: { required: ['text'], surfaces: MESSAGE_ONLY, props: { ...block, text: string(12_000, 1) } },
  rich_text: { required: ['elements'], props: { ...block, elements: list({ is: 'anything' }, 1000, 0) } },
  video: {
    required: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
    props: {
      ...block,
      alt_text: string(2000),
      title: plain(199),
      title_url: string(3000),
      thumbnail_url: string(3000, 1),
      video_url: string(3000, 1),
      author_name: string(49),
      provider_name: string(255),
      provider_icon_url: string(3000),
      description: plain(200),
    },
  },
  table: {
    required: ['rows'],
    surfaces: MESSAGE_ONLY,
    props: { ...block, rows: table, column_settings: list({ is: 'anything' }, 20, 0) },
  },
  data_table: {
    required: ['rows', 'caption'],
    surfaces: MESSAGE_ONLY,
    props: {
      ...block,
      rows: table,
      caption: string(255, 1),
      page_size: { is: 'number', min: 1, max: 100 },
      row_header_column_index: { is: 'number', min: 0 },
    },
  },
  alert: {
    required: ['text'],
    surfaces: ['modal'],
    props: { ...block, text: text(200), level: oneOf('default', 'info', 'warning', 'error', 'success') },
  },
  card: {
    required: [],
    oneOf: ['hero_image', 'title', 'body', 'actions'],
    props: {
      ...block,
      hero_image: object('element:image'),
      icon: object('element:image'),
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(object('element:button'), 3),
    },
  },
  carousel: { required: ['elements'], props: { ...block, elements: list(object('card'), 10) } },
  container: {
    required: ['child_blocks'],
    props: {
      ...block,
      title: plain(150),
      rich_text_title: object('rich_text'),
      subtitle: text(150),
      child_blocks: list(
        object(
          ...[
            'actions',
            'context',
            'divider',
            'file',
            'header',
            'image',
            'input',
            'rich_text',
            'section',
            'table',
            'video',
          ],
        ),
        10,
      ),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: object('element:image'),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  },
  context_actions: {
    required: ['elements'],
    surfaces: MESSAGE_ONLY,
    props: { ...block, elements: list(object('element:feedback_buttons', 'element:icon_button'), 5) },
  },
  task_card: {
    required: ['task_id', 'title', 'status'],
    surfaces: MESSAGE_ONLY,
    props: {
      ...block,
      task_id: id,
      title: string(255, 1),
      details: object('rich_text'),
      output: object('rich_text'),
      sources: list(object('element:url'), 20, 0),
      status: oneOf('pending', 'in_progress', 'complete', 'error'),
    },
  },
  plan: {
    required: ['title'],
    surfaces: MESSAGE_ONLY,
    props: { ...block, title: string(255, 1), tasks: list(object('task_card'), 50, 0) },
  },
}

export const MODAL: Schema = {
  required: ['title', 'blocks'],
  props: {
    type: oneOf('modal'),
    title: plain(24),
    submit: plain(24),
    close: plain(24),
    blocks: { is: 'anything' },
    private_metadata: string(3000),
    callback_id: id,
    external_id: id,
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
}
export const HOME: Schema = {
  required: ['blocks'],
  props: {
    type: oneOf('home'),
    blocks: { is: 'anything' },
    private_metadata: string(3000),
    callback_id: id,
    external_id: id,
  },
}
