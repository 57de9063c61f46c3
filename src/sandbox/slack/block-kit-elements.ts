/**
 * The parts of Block Kit that stand inside blocks, as data: which properties each thing has, which it must have, and how long each may be.
 * Sources: @slack/types 3.2 and docs.slack.dev/reference/block-kit, as gathered on 2026-11; what no document
 * confirms is named in docs/platforms/assumptions-slack.md.
 */
import { flag, id, list, object, oneOf, plain, type Schema, string, strings, text } from './block-kit-spec.js'

const action = { type: string(50), action_id: id }
const confirmable = { ...action, confirm: object('confirm') }
const input = { ...action, focus_on_load: flag, placeholder: plain(150) }
const select = { ...input, confirm: object('confirm') }
const style = oneOf('primary', 'danger')
const option = object('option')
const options = list(option, 100)
const groups = list(object('option_group'), 100)
const dispatch = { dispatch_action_config: object('dispatch_action_config') }
export const image = {
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
