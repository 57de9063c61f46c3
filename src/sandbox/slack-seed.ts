import type { DeskGlimpse } from './desk-glimpse.js'
import type { SlackSeed } from './slack/types.js'

export const GENERAL_CHANNEL = 'C0GENERAL1'

const COLOURS = ['#2f80ed', '#c2410c', '#0f766e', '#7c3aed', '#b45309', '#be185d', '#4d7c0f', '#475569']

/** A Slack workspace in which the people of a desk have accounts and its teams their channels. */
export function slackSeed(desk: DeskGlimpse, botToken: string): SlackSeed {
  return {
    team: { id: 'T0PAIDAN01', domain: 'paidan-sandbox', name: desk.name.en },
    bot: { userId: 'U0PAIDAN01', botId: 'B0PAIDAN01', appId: 'A0PAIDAN01', name: 'Paidan', token: botToken },
    users: desk.people.map((person, i) => ({
      id: person.slackId,
      name: person.id,
      realName: person.name,
      email: person.email,
      locale: person.locale === 'en' ? 'en-US' : person.locale,
      tz: person.zone,
      avatarColor: COLOURS[i % COLOURS.length] ?? '#475569',
      ...(person.department === undefined ? {} : { title: person.department }),
    })),
    channels: [
      {
        id: GENERAL_CHANNEL,
        name: 'general',
        members: desk.people.map((person) => person.slackId),
        botIsMember: true,
      },
      ...desk.teams.flatMap((team) =>
        team.slackChannelId === undefined
          ? []
          : [
              {
                id: team.slackChannelId,
                name: slug(team.name.en) || team.id,
                members: [...new Set([...team.leads, ...team.members])],
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
