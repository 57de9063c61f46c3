import { type AccountCommand, accountCommandIn } from './account-commands.js'

export type ListCommandName = 'help' | 'my_tickets' | 'status' | 'queue'
export interface ListCommand {
  name: ListCommandName
  /** The ticket's number as written, for `status`. */
  number?: string
}
export type TextCommand = ListCommand | AccountCommand

/** Whether it is about somebody's accounts, and not about tickets. */
export function isAccountCommand(command: TextCommand): command is AccountCommand {
  return command.name !== 'status' && !(command.name in WORDS)
}

/** A ticket's number: year and month, then at least four digits. */
const NUMBER = '(20\\d{2}(?:0[1-9]|1[0-2])\\d{4,9})'

const WORDS: Readonly<Record<Exclude<ListCommandName, 'status'>, ReadonlySet<string>>> = {
  help: new Set(
    list(
      'help, help me, help please, please help, please help me, i need help, need help, usage, menu',
      'commands, how does this work, 帮助, 使用帮助, 使用说明, 怎么用, 如何使用, 怎么使用, 菜单',
      '说明, 求助, 帮帮我, 帮我, 帮忙, 功能, 指令, 命令',
    ),
  ),
  my_tickets: new Set(
    list(
      'my tickets, my ticket, mytickets, tickets, list, list tickets, list my tickets',
      'show my tickets, show tickets, my requests, 我的工单, 我的单子, 我的单, 我的请求, 工单',
      '工单列表, 查看工单, 查看我的工单, 我的工单列表, 查工单, 查询我的工单, 看看我的工单',
    ),
  ),
  queue: new Set(
    list(
      'queue, my queue, the queue, show queue, my work, todo, to do, my todo, worklist, 队列',
      '我的队列, 待办, 我的待办, 待办列表, 我的任务, 待处理, 查看队列, 工单队列, 待处理工单',
    ),
  ),
}
const STATUS_ALONE = new Set(
  list(
    'status, ticket status, my status, 状态, 工单状态, 进度, 工单进度, 查询, 查询工单, 查询进度',
    '查询状态',
  ),
)

const STATUS = [
  // An explicit wish for the status takes any number: a wrong one deserves an answer too.
  /^(?:status|ticket status)(?: of)?(?: ticket)?[ :#]*(\d{1,20})$/u,
  /^(?:工单状态|工单进度|查询工单|查询状态|查询进度|查工单|查询|状态|进度|查单)[ :#号]*(\d{1,20})$/u,
  new RegExp(`^(?:ticket|show ticket|show|sr|no\\.?|number)?[ :#]*${NUMBER}$`, 'u'),
  new RegExp(`^(?:工单号?|单号|查看工单|查看|看看|编号)[ :#]*${NUMBER}$`, 'u'),
  new RegExp(
    `^#?${NUMBER} ?(?:status|的?(?:状态|进度|进展|情况)|怎么样了?|到哪了|到哪里了|处理得怎么样了)$`,
    'u',
  ),
]

/** @returns the command that a folded text is, and nothing beside it; else undefined. */
export function commandIn(text: string): TextCommand | undefined {
  if (/^\?{1,3}$/u.test(text)) return { name: 'help' }
  if (text.length > 60) return undefined
  const bare = text.replace(/^\/(?=\p{L})/u, '').replace(/[\s!?.~。]+$/u, '')
  for (const [name, words] of Object.entries(WORDS)) {
    if (words.has(bare)) return { name: name as Exclude<ListCommandName, 'status'> }
  }
  if (STATUS_ALONE.has(bare)) return { name: 'status' }
  for (const pattern of STATUS) {
    const number = pattern.exec(bare)?.[1]
    if (number !== undefined) return { name: 'status', number }
  }
  return accountCommandIn(bare)
}

function list(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(', '))
}
