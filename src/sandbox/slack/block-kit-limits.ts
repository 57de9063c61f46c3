/**
 * Block Kit as data: which properties each thing has, which it must have, and how long each may be.
 * Sources: @slack/types 3.2 and docs.slack.dev/reference/block-kit, as gathered on 2026-11; what no document
 * confirms is named in docs/platforms/assumptions-slack.md.
 */
export type Surface = 'message' | 'modal' | 'home'

export type Spec =
  | { is: 'string'; max?: number; min?: number; oneOf?: readonly string[] }
  | { is: 'boolean' }
  | { is: 'number'; min?: number; max?: number }
  /** a text object; `kinds` absent = plain_text or mrkdwn */
  | { is: 'text'; max: number; kinds?: readonly string[] }
  /** one of those schemas, chosen by the object's `type`, or the only one named */
  | { is: 'object'; of: readonly string[] }
  | { is: 'list'; of: Spec; min?: number; max: number }
  | { is: 'anything' }

export type Schema = {
  required: readonly string[]
  props: { readonly [name: string]: Spec }
  /** at least one of these */
  oneOf?: readonly string[]
  surfaces?: readonly Surface[]
}

export const BLOCKS_PER: Record<Surface, number> = { message: 50, modal: 100, home: 100 }
/** Characters of all blocks of a message together, beyond which Slack answers msg_blocks_too_long. */
export const MESSAGE_BLOCKS_CHARS = 13_200
export const BLOCK_OVERHEAD_CHARS = 20
export const MESSAGE_TEXT_CHARS = 40_000
export const UPDATE_TEXT_CHARS = 4_000
export const VIEW_BYTES = 250_000

const string = (max: number, min = 0): Spec => ({ is: 'string', max, min })
const oneOf = (...values: string[]): Spec => ({ is: 'string', oneOf: values })
const flag: Spec = { is: 'boolean' }
const text = (max: number): Spec => ({ is: 'text', max })
const plain = (max: number): Spec => ({ is: 'text', max, kinds: ['plain_text'] })
const mrkdwn = (max: number): Spec => ({ is: 'text', max, kinds: ['mrkdwn'] })
const object = (...of: string[]): Spec => ({ is: 'object', of })
const list = (of: Spec, max: number, min = 1): Spec => ({ is: 'list', of, min, max })
const strings = (max: number): Spec => list(string(255, 1), max, 0)

const id = string(255)
const action = { type: string(50), action_id: id }
const confirmable = { ...action, confirm: object('confirm') }
const input = { ...action, focus_on_load: flag, placeholder: plain(150) }
const select = { ...input, confirm: object('confirm') }
const style = oneOf('primary', 'danger')
const option = object('option')
const options = list(option, 100)
const groups = list(object('option_group'), 100)
const dispatch = { dispatch_action_config: object('dispatch_action_config') }
const image = {
  type: string(50),
  image_url: string(3000, 1),
  slack_file: object('slack_file'),
  alt_text: string(2000),
}

export const OBJECTS: { readonly [name: string]: Schema } = {
  confirm: {
    required: ['text'],
    props: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30), style },
  },
  option: {
    required: ['text', 'value'],
    props: { text: text(75), value: string(75, 1), description: text(75), url: string(3000) },
  },
  overflow_option: {
    required: ['text', 'value'],
    props: { text: plain(75), value: string(75, 1), description: plain(75), url: string(3000) },
  },
  option_group: { required: ['label', 'options'], props: { label: plain(75), options } },
  slack_file: { required: [], oneOf: ['id', 'url'], props: { id, url: string(3000) } },
  dispatch_action_config: {
    required: [],
    props: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  },
  filter: {
    required: [],
    oneOf: ['include', 'exclude_external_shared_channels', 'exclude_bot_users'],
    props: {
      include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    },
  },
  feedback_button: {
    required: ['text', 'value'],
    props: { text: plain(75), value: string(2000), accessibility_label: string(75) },
  },
}

export const ELEMENTS: { readonly [type: string]: Schema } = {
  button: {
    required: ['text'],
    props: {
      ...confirmable,
      text: plain(75),
      value: string(2000),
      url: string(3000),
      style,
      accessibility_label: string(75),
    },
  },
  workflow_button: {
    required: ['text', 'workflow'],
    props: {
      ...confirmable,
      text: plain(75),
      workflow: { is: 'anything' },
      style,
      accessibility_label: string(75),
    },
  },
  icon_button: {
    required: ['icon', 'text'],
    props: {
      ...confirmable,
      icon: string(255),
      text: plain(75),
      value: string(2000),
      accessibility_label: string(75),
      visible_to_user_ids: strings(100),
    },
  },
  feedback_buttons: {
    required: ['positive_button', 'negative_button'],
    props: {
      ...action,
      positive_button: object('feedback_button'),
      negative_button: object('feedback_button'),
    },
  },
  overflow: { required: ['options'], props: { ...confirmable, options: list(object('overflow_option'), 5) } },
  static_select: {
    required: [],
    oneOf: ['options', 'option_groups'],
    props: { ...select, options, option_groups: groups, initial_option: option },
  },
  multi_static_select: {
    required: [],
    oneOf: ['options', 'option_groups'],
    props: {
      ...select,
      options,
      option_groups: groups,
      initial_options: options,
      max_selected_items: { is: 'number', min: 1 },
    },
  },
  external_select: {
    required: [],
    props: { ...select, initial_option: option, min_query_length: { is: 'number', min: 0 } },
  },
  multi_external_select: {
    required: [],
    props: {
      ...select,
      initial_options: options,
      min_query_length: { is: 'number', min: 0 },
      max_selected_items: { is: 'number', min: 1 },
    },
  },
  users_select: { required: [], props: { ...select, initial_user: id } },
  multi_users_select: {
    required: [],
    props: { ...select, initial_users: strings(100), max_selected_items: { is: 'number', min: 1 } },
  },
  conversations_select: {
    required: [],
    props: {
      ...select,
      initial_conversation: id,
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: object('filter'),
    },
  },
  multi_conversations_select: {
    required: [],
    props: {
      ...select,
      initial_conversations: strings(100),
      default_to_current_conversation: flag,
      filter: object('filter'),
      max_selected_items: { is: 'number', min: 1 },
    },
  },
  channels_select: { required: [], props: { ...select, initial_channel: id, response_url_enabled: flag } },
  multi_channels_select: {
    required: [],
    props: { ...select, initial_channels: strings(100), max_selected_items: { is: 'number', min: 1 } },
  },
  datepicker: { required: [], props: { ...select, initial_date: string(10, 10) } },
  timepicker: { required: [], props: { ...select, initial_time: string(5, 5), timezone: string(50) } },
  datetimepicker: {
    required: [],
    props: {
      ...confirmable,
      focus_on_load: flag,
      initial_date_time: { is: 'number', min: 1e9, max: 9_999_999_999 },
    },
  },
  checkboxes: {
    required: ['options'],
    props: {
      ...confirmable,
      focus_on_load: flag,
      options: list(option, 10),
      initial_options: list(option, 10),
    },
  },
  radio_buttons: {
    required: ['options'],
    props: { ...confirmable, focus_on_load: flag, options: list(option, 10), initial_option: option },
  },
  plain_text_input: {
    required: [],
    props: {
      ...input,
      ...dispatch,
      initial_value: string(3000),
      multiline: flag,
      min_length: { is: 'number', min: 0, max: 3000 },
      max_length: { is: 'number', min: 1, max: 3000 },
    },
  },
  email_text_input: { required: [], props: { ...input, ...dispatch, initial_value: string(3000) } },
  url_text_input: { required: [], props: { ...input, ...dispatch, initial_value: string(3000) } },
  number_input: {
    required: ['is_decimal_allowed'],
    props: {
      ...input,
      ...dispatch,
      is_decimal_allowed: flag,
      initial_value: string(100),
      min_value: string(100),
      max_value: string(100),
    },
  },
  file_input: {
    required: [],
    props: { ...action, filetypes: list(string(50), 100), max_files: { is: 'number', min: 1, max: 10 } },
  },
  rich_text_input: {
    required: [],
    props: {
      ...input,
      ...dispatch,
      initial_value: object('rich_text'),
      min_lines: { is: 'number', min: 1 },
      max_lines: { is: 'number', min: 1 },
    },
  },
  image: { required: ['alt_text'], oneOf: ['image_url', 'slack_file'], props: image },
  url: { required: ['url', 'text'], props: { type: string(50), url: string(3000), text: string(255) } },
}

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

/** The small text things that may stand where a schema is expected. */
export const TEXTS: { readonly [type: string]: Schema } = {
  plain_text: { required: ['text'], props: { type: string(50), text: string(3000, 1), emoji: flag } },
  mrkdwn: { required: ['text'], props: { type: string(50), text: string(3000, 1), verbatim: flag } },
  raw_text: { required: ['text'], props: { type: string(50), text: string(3000) } },
  raw_number: {
    required: ['value', 'text'],
    props: { type: string(50), value: { is: 'number' }, text: string(3000) },
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
