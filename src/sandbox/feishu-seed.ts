import type { DeskGlimpse } from './desk-glimpse.js'
import { colourOf } from './person-colour.js'
import type { FeishuSecrets } from './secrets.js'

export const FEISHU_APP_ID = 'cli_0a1b2c3d4e5f6071'
export const FEISHU_BOT = 'ou_paidanbot000000000000000000000001'

/** A Feishu tenant in which the people of a desk have accounts and its teams their group chats. */
export function feishuSeed(desk: DeskGlimpse, secrets: FeishuSecrets) {
  const accountOf = new Map(desk.people.map((person) => [person.id, person.accounts.feishu]))
  return {
    tenantKey: 'sandbox-tenant-1',
    app: {
      id: FEISHU_APP_ID,
      secret: secrets.appSecret,
      encryptKey: secrets.encryptKey,
      verificationToken: secrets.verificationToken,
      name: '派单',
      botOpenId: FEISHU_BOT,
    },
    users: desk.people.flatMap(({ accounts, ...person }, i) =>
      accounts.feishu === undefined
        ? []
        : [
            {
              openId: accounts.feishu,
              userId: person.id,
              unionId: accounts.feishu.replace(/^ou_/, 'on_'),
              name: person.name,
              email: person.email,
              locale: person.locale,
              avatarColor: colourOf(i),
              ...(person.department === undefined ? {} : { department: person.department }),
            },
          ],
    ),
    chats: desk.teams.flatMap((team) =>
      team.channels.feishu === undefined
        ? []
        : [
            {
              chatId: team.channels.feishu,
              name: team.name['zh-CN'],
              members: [...new Set([...team.leads, ...team.members])]
                .map((id) => accountOf.get(id))
                .filter((id) => id !== undefined),
              botIsMember: true,
            },
          ],
    ),
  }
}
