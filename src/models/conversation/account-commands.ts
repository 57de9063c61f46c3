import { LINK_CODE } from '../people/link-code.js'

/** What somebody may ask about the messengers they are reached on. Understood in a direct message only. */
export type AccountCommand =
  | { name: 'link' /** As typed; absent when they ask for one. */; code?: string }
  | { name: 'unlink' | 'accounts' | 'reach_here' | 'reach_auto' }

const WORDS: Readonly<Record<AccountCommand['name'], ReadonlySet<string>>> = {
  link: new Set(
    list(
      'link, link account, link accounts, link my account, link my accounts, link this account',
      '关联, 绑定, 关联账号, 绑定账号, 关联帐号, 绑定帐号, 关联我的账号, 绑定我的账号, 账号关联, 账号绑定',
    ),
  ),
  unlink: new Set(
    list(
      'unlink, unlink account, unlink my account, unlink this account',
      '解除关联, 解除绑定, 取消关联, 取消绑定, 解绑, 解绑账号, 解除账号关联',
    ),
  ),
  accounts: new Set(
    list(
      'accounts, my accounts, my account, show my accounts, linked accounts, list accounts',
      '我的账号, 我的帐号, 账号, 帐号, 已关联账号, 查看账号, 查看我的账号',
    ),
  ),
  reach_here: new Set(
    list(
      'reach me here, notify me here, contact me here, tell me here',
      '在这里通知我, 在此通知我, 在这里联系我, 在此联系我, 通知我到这里, 这里通知我',
    ),
  ),
  reach_auto: new Set(
    list(
      'reach me anywhere, reach me automatically, notify me anywhere, notify me automatically',
      '自动通知, 自动通知我, 自动选择, 恢复自动通知, 在任意平台通知我',
    ),
  ),
}

const WITH_CODE = /^(?:link|关联账号|绑定账号|关联|绑定)[ :]*([a-z0-9]+(?:-[a-z0-9]+)?)$/u

/** @param text folded, without mentions and closing marks. */
export function accountCommandIn(text: string): AccountCommand | undefined {
  for (const [name, words] of Object.entries(WORDS)) {
    if (words.has(text)) return { name: name as AccountCommand['name'] }
  }
  const code = WITH_CODE.exec(text)?.[1]
  return code !== undefined && LINK_CODE.test(code) ? { name: 'link', code } : undefined
}

function list(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(', '))
}
