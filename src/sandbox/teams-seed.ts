import type { DeskGlimpse } from './desk-glimpse.js'
import { colourOf } from './person-colour.js'
import type { TeamsSecrets } from './secrets.js'

export const TEAMS_TENANT_ID = '3f1d7c52-8a4b-4c1e-9d20-5e6f7a8b9c0d'
export const TEAMS_APP_ID = '7b9e2d14-6c3f-4a58-b1e7-0d2c4f6a8e10'

/** A tenant of Microsoft Teams in which the people of a desk have accounts and its teams a team with their channel. */
export function teamsSeed(desk: DeskGlimpse, secrets: TeamsSecrets) {
  const accountOf = new Map(desk.people.map((person) => [person.id, person.accounts.teams]))
  return {
    tenantId: TEAMS_TENANT_ID,
    bot: {
      id: `28:${TEAMS_APP_ID}`,
      name: 'Paidan',
      appId: TEAMS_APP_ID,
      appPassword: secrets.appPassword,
    },
    users: desk.people.flatMap(({ accounts, ...person }, i) =>
      accounts.teams === undefined
        ? []
        : [
            {
              aadObjectId: accounts.teams,
              mri: `29:${accounts.teams}`,
              name: person.name,
              email: person.email,
              locale: person.locale === 'en' ? 'en-US' : person.locale,
              zone: person.zone,
              avatarColor: colourOf(i),
              ...(person.department === undefined ? {} : { department: person.department }),
            },
          ],
    ),
    teams: desk.teams.flatMap((team) =>
      team.channels.teams === undefined
        ? []
        : [
            {
              id: `19:${team.id}team@thread.tacv2`,
              name: team.name.en,
              channels: [{ id: team.channels.teams, name: team.name.en }],
              members: [...new Set([...team.leads, ...team.members])]
                .map((id) => accountOf.get(id))
                .filter((id) => id !== undefined),
            },
          ],
    ),
  }
}
