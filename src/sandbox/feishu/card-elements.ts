/**
 * What may stand in a Card 2.0, as data: which attributes each component has and must have. An attribute that is not
 * here is an error, as on the platform. Gathered in 2026-11 from the component pages of open.feishu.cn; what no
 * document confirms is named in docs/platforms/assumptions.md.
 */
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
  margin,
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
  width,
} from './card-spec.js'

const tag = string(40)
const common = { tag, element_id: elementId, margin }
const icon = tagged('standard_icon', 'custom_icon')
const name = string(100)
const textSize = string(30)
const layout = {
  direction,
  padding,
  horizontal_spacing: spacing,
  horizontal_align: horizontalAlign,
  vertical_spacing: spacing,
  vertical_align: verticalAlign,
}
const confirmable = { confirm: part('confirm'), behaviors: list(part('behavior'), 3) }
const disabling = { disabled: flag, disabled_tips: plainText, hover_tips: plainText }
const field = { ...common, name, required: flag, width, disabled: flag, confirm: part('confirm') }
const select = {
  ...field,
  type: oneOf('default', 'text'),
  placeholder: plainText,
  behaviors: list(part('behavior'), 3),
}
const picker = { ...field, placeholder: plainText, behaviors: list(part('behavior'), 3) }
const day = like(/^\d{4}-\d{2}-\d{2}$/)
const option = list(part('option'), 100)
const person = list(part('person_option'), 100, 0)

/** Components of the body, by tag. */
export const ELEMENTS: { readonly [tag: string]: Schema } = {
  markdown: {
    required: ['content'],
    attributes: { ...common, content: string(), text_size: textSize, text_align: horizontalAlign, icon },
  },
  div: { required: [], attributes: { ...common, text, width, icon } },
  hr: { required: [], attributes: common },
  img: {
    required: ['img_key', 'alt'],
    attributes: {
      ...common,
      img_key: string(200),
      alt: plainText,
      title: plainText,
      corner_radius: like(/^\d+(px|%)$/),
      scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
      size: string(30),
      transparent: flag,
      preview: flag,
    },
  },
  person: {
    required: ['user_id'],
    attributes: {
      ...common,
      user_id: string(100),
      size: oneOf('extra_small', 'small', 'medium', 'large'),
      show_avatar: flag,
      show_name: flag,
      style: oneOf('normal', 'capsule'),
    },
  },
  person_list: {
    required: ['persons'],
    attributes: {
      ...common,
      persons: list(part('person'), 100),
      size: oneOf('extra_small', 'small', 'medium', 'large'),
      show_avatar: flag,
      show_name: flag,
      lines: number(1, 100),
      drop_invalid_user_id: flag,
      icon,
    },
  },
  chart: {
    required: ['chart_spec'],
    attributes: {
      ...common,
      chart_spec: anyObject,
      aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
      color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
      height: either(oneOf('auto'), like(/^\d{1,3}px$/)),
      preview: flag,
    },
  },
  table: {
    required: ['columns'],
    attributes: {
      ...common,
      columns: list(part('table_column'), 50),
      rows: list(anyObject, 500, 0),
      page_size: number(1, 10),
      row_height: either(oneOf('low', 'middle', 'high', 'auto'), like(/^\d{2,3}px$/)),
      row_max_height: like(/^\d{2,3}px$/),
      freeze_first_column: flag,
      header_style: part('table_header'),
    },
  },
  column_set: {
    required: ['columns'],
    attributes: {
      ...common,
      columns: list(tagged('column'), 10),
      flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
      horizontal_spacing: spacing,
      horizontal_align: horizontalAlign,
      background_style: colour,
      action: part('link_action'),
    },
  },
  column: {
    required: [],
    attributes: {
      ...common,
      ...layout,
      elements: elements(),
      width: either(oneOf('auto', 'weighted'), like(/^\d{1,3}px$/)),
      weight: number(1, 5),
      background_style: colour,
      action: part('link_action'),
    },
  },
  form: {
    required: ['name', 'elements'],
    attributes: { ...common, ...layout, name, elements: elements(1), confirm: part('confirm') },
  },
  collapsible_panel: {
    required: ['header'],
    attributes: {
      ...common,
      ...layout,
      elements: elements(),
      expanded: flag,
      background_color: colour,
      header: part('panel_header'),
      border: part('border'),
    },
  },
  interactive_container: {
    required: ['elements', 'behaviors'],
    attributes: {
      ...common,
      ...layout,
      ...confirmable,
      ...disabling,
      elements: elements(1),
      width,
      height: either(oneOf('auto'), like(/^\d{1,3}px$/)),
      background_style: colour,
      has_border: flag,
      border_color: colour,
      corner_radius: like(/^\d+(px|%)$/),
    },
  },
  button: {
    required: [],
    attributes: {
      ...common,
      ...confirmable,
      ...disabling,
      text: plainText,
      icon,
      type: oneOf(
        'default',
        'primary',
        'danger',
        'text',
        'primary_text',
        'danger_text',
        'primary_filled',
        'danger_filled',
        'laser',
      ),
      size: oneOf('tiny', 'small', 'medium', 'large'),
      width,
      name,
      required: flag,
      form_action_type: oneOf('submit', 'reset'),
    },
  },
  input: {
    required: [],
    attributes: {
      ...field,
      placeholder: plainText,
      default_value: string(1000),
      max_length: number(1, 1000),
      input_type: oneOf('text', 'multiline_text', 'password'),
      show_icon: flag,
      rows: number(1, 100),
      auto_resize: flag,
      max_rows: number(1, 100),
      label: plainText,
      label_position: oneOf('top', 'left'),
      behaviors: list(part('behavior'), 3),
    },
  },
  select_static: {
    required: ['options'],
    attributes: { ...select, options: option, initial_option: string(1000), initial_index: number(0, 100) },
  },
  multi_select_static: {
    required: ['options'],
    attributes: { ...select, options: option, selected_values: list(string(1000), 100, 0) },
  },
  select_person: {
    required: [],
    attributes: { ...select, options: person, initial_option: string(100) },
  },
  multi_select_person: {
    required: [],
    attributes: { ...select, options: person, selected_values: list(string(100), 100, 0) },
  },
  date_picker: { required: [], attributes: { ...picker, initial_date: day } },
  picker_time: { required: [], attributes: { ...picker, initial_time: like(/^\d{2}:\d{2}$/) } },
  picker_datetime: {
    required: [],
    attributes: { ...picker, initial_datetime: like(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/) },
  },
  checker: {
    required: [],
    attributes: {
      ...common,
      ...confirmable,
      ...disabling,
      name,
      checked: flag,
      text,
      overall_checkable: flag,
      padding,
    },
  },
  overflow: {
    required: ['options'],
    attributes: { ...common, ...confirmable, width, options: list(part('overflow_option'), 20) },
  },
}
