import type { DeskGlimpse } from './desk-glimpse.js'
import { colourOf } from './person-colour.js'
import type { SlackSeed } from './slack/types.js'

export const GENERAL_CHANNEL = 'C0GENERAL1'

/** A Slack workspace in which the people of a desk have accounts and its teams their channels. */
export function slackSeed(desk: DeskGlimpse, botToken: string): SlackSeed {
  const users = desk.people.flatMap(({ accounts, ...person }, i) =>
    accounts.slack === undefined
      ? []
      : [
          {
            id: accounts.slack,
            name: person.id,
            realName: person.name,
            email: person.email,
            locale: person.locale === 'en' ? 'en-US' : person.locale,
            tz: person.zone,
            avatarColor: colourOf(i),
            ...(person.department === undefined ? {} : { title: person.department }),
          },
        ],
  )
  const accountOf = new Map(desk.people.map((person) => [person.id, person.accounts.slack]))
  return {
    team: { id: 'T0PAIDAN01', domain: 'paidan-sandbox', name: desk.name.en },
    bot: { userId: 'U0PAIDAN01', botId: 'B0PAIDAN01', appId: 'A0PAIDAN01', name: 'Paidan', token: botToken },
    users,
    channels: [
      { id: GENERAL_CHANNEL, name: 'general', members: users.map((user) => user.id), botIsMember: true },
      ...desk.teams.flatMap((team) =>
        team.channels.slack === undefined
          ? []
          : [
              {
                id: team.channels.slack,
                name: slug(team.name.en) || team.id,
                members: [...new Set([...team.leads, ...team.members])]
                  .map((id) => accountOf.get(id))
                  .filter((id) => id !== undefined),
                botIsMember: true,
              },
            ],
      ),
    ],
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
