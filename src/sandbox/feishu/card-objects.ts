/** What stands in and around the components of a Card 2.0: the card itself, texts, options, behaviours. */
import {
  anyObject,
  colour,
  direction,
  either,
  elementId,
  elements,
  flag,
  horizontalAlign,
  like,
  list,
  number,
  oneOf,
  padding,
  part,
  plainText,
  type Schema,
  spacing,
  string,
  tagged,
  text,
  verticalAlign,
} from './card-spec.js'

const url = string(3000)
const tag = string(40)
const icon = tagged('standard_icon', 'custom_icon')
const TEXT_TAG_COLOURS = [
  'neutral',
  'blue',
  'turquoise',
  'lime',
  'orange',
  'violet',
  'indigo',
  'wathet',
  'green',
  'yellow',
  'red',
  'purple',
  'carmine',
]
export const TEMPLATES = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
]
const ofText = {
  tag,
  element_id: elementId,
  content: string(),
  text_size: string(30),
  text_color: colour,
  text_align: horizontalAlign,
  lines: number(1, 1000),
}

/** Tagged things that are no components of the body. */
export const INLINE: { readonly [tag: string]: Schema } = {
  plain_text: { required: ['content'], attributes: ofText },
  lark_md: { required: ['content'], attributes: ofText },
  standard_icon: {
    required: ['token'],
    attributes: { tag, token: string(60), color: colour, size: like(/^\d+px \d+px$/) },
  },
  custom_icon: {
    required: ['img_key'],
    attributes: { tag, img_key: string(200), size: like(/^\d+px \d+px$/) },
  },
  text_tag: {
    required: ['text'],
    attributes: { tag, element_id: elementId, text: plainText, color: oneOf(...TEXT_TAG_COLOURS) },
  },
}

/** Things that are known by where they stand. */
export const PARTS: { readonly [name: string]: Schema } = {
  card: {
    required: ['schema', 'body'],
    attributes: {
      schema: oneOf('2.0'),
      config: part('config'),
      card_link: part('card_link'),
      header: part('header'),
      body: part('body'),
    },
  },
  config: {
    required: [],
    attributes: {
      streaming_mode: flag,
      update_multi: flag,
      enable_forward: flag,
      enable_forward_interaction: flag,
      width_mode: oneOf('default', 'compact', 'fill'),
      use_custom_translation: flag,
      locales: list(string(10), 30),
      summary: part('summary'),
      style: anyObject,
    },
  },
  summary: { required: ['content'], attributes: { content: string(500), i18n_content: anyObject } },
  card_link: {
    required: [],
    attributes: { url, android_url: url, ios_url: url, pc_url: url },
  },
  header: {
    required: ['title'],
    attributes: {
      title: text,
      subtitle: text,
      template: oneOf(...TEMPLATES),
      text_tag_list: list(tagged('text_tag'), 3),
      icon,
      padding,
    },
  },
  body: {
    required: ['elements'],
    attributes: {
      elements: elements(),
      direction,
      padding,
      horizontal_spacing: spacing,
      horizontal_align: horizontalAlign,
      vertical_spacing: spacing,
      vertical_align: verticalAlign,
    },
  },
  confirm: { required: ['title', 'text'], attributes: { title: plainText, text: plainText } },
  option: { required: ['text', 'value'], attributes: { text: plainText, value: string(1000), icon } },
  person_option: { required: ['value'], attributes: { value: string(100), text: plainText, icon } },
  overflow_option: {
    required: ['text'],
    attributes: { text: plainText, value: either(string(1000), anyObject), multi_url: part('card_link') },
  },
  person: { required: ['id'], attributes: { id: string(100) } },
  callback: { required: ['value'], attributes: { type: tag, value: either(anyObject, string(1000)) } },
  open_url: {
    required: ['default_url'],
    attributes: { type: tag, default_url: url, android_url: url, ios_url: url, pc_url: url },
  },
  form_action: { required: ['behavior'], attributes: { type: tag, behavior: oneOf('submit', 'reset') } },
  link_action: { required: ['multi_url'], attributes: { multi_url: part('card_link') } },
  border: { required: [], attributes: { color: colour, corner_radius: like(/^\d+(px|%)$/) } },
  panel_header: {
    required: ['title'],
    attributes: {
      title: tagged('plain_text', 'lark_md', 'markdown'),
      background_color: colour,
      vertical_align: verticalAlign,
      padding,
      position: oneOf('top', 'bottom'),
      width: either(oneOf('fill', 'auto', 'auto_when_fold'), like(/^\d{1,3}px$/)),
      icon,
      icon_position: oneOf('left', 'right', 'follow_text'),
      icon_expanded_angle: number(-180, 180),
    },
  },
  table_column: {
    required: ['name'],
    attributes: {
      name: string(100),
      display_name: string(100),
      data_type: oneOf('text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date'),
      width: either(oneOf('auto'), like(/^\d{1,3}(px|%)$/)),
      horizontal_align: horizontalAlign,
      vertical_align: verticalAlign,
      format: anyObject,
      date_format: string(30),
    },
  },
  table_header: {
    required: [],
    attributes: {
      text_align: horizontalAlign,
      text_size: oneOf('normal', 'heading'),
      background_style: oneOf('none', 'grey'),
      text_color: oneOf('default', 'grey'),
      bold: flag,
      lines: number(1, 100),
    },
  },
}
