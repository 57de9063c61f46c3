import type { Locale } from '../../i18n/t.js'

/** What only Feishu makes us say. To be moved into the catalogues. */
const EN = {
  'form.no_files': 'Files cannot be attached here: send them in this chat.',
  'form.done': 'Done.',
  'form.cancelled': 'Cancelled.',
  'toast.form': 'The form is waiting for you in our chat.',
  'toast.card': 'The answer is in our chat.',
  'toast.failed': 'That did not go through. Please try again.',
  'toast.late': 'This takes a moment. The answer follows in our chat.',
} as const
const ZH_CN: Record<keyof typeof EN, string> = {
  'form.no_files': '这里不能上传附件，请直接在本聊天中发送文件。',
  'form.done': '已完成。',
  'form.cancelled': '已取消。',
  'toast.form': '表单已发到你和我的私聊，请在那里填写。',
  'toast.card': '结果已发到你和我的私聊。',
  'toast.failed': '没有成功，请再试一次。',
  'toast.late': '正在处理，稍后在私聊中告诉你结果。',
}
export type OwnKey = keyof typeof EN

/** The text of `key` in a person's language. */
export function own(locale: Locale, key: OwnKey): string {
  return (locale === 'zh-CN' ? ZH_CN : EN)[key]
}

/** What is left of a message that could not be taken back any more. */
export const WITHDRAWN = '已撤回 · withdrawn'

/** What a message was that has no words. Both languages, since it is kept before anybody's language is known. */
export const KINDS: Readonly<Record<string, string>> = {
  audio: '[语音消息 voice message]',
  sticker: '[表情 sticker]',
  merge_forward: '[合并转发的聊天记录 forwarded chat]',
  interactive: '[卡片 card]',
  share_chat: '[群名片 shared group]',
  share_user: '[个人名片 shared contact]',
  location: '[位置 location]',
  share_calendar_event: '[日程 calendar event]',
  calendar: '[日程 calendar event]',
  general_calendar: '[日程 calendar event]',
  video_chat: '[视频会议 video meeting]',
  todo: '[任务 task]',
  vote: '[投票 poll]',
  hongbao: '[红包 red packet]',
  folder: '[文件夹 folder]',
}
export const OTHER_KIND = '[消息 message]'
