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
