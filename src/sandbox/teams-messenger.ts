import { clickedCard, DRAWN, type Messenger, type MessengerSetup, placesIn } from './messenger.js'
import { actionNamed } from './teams/card-walk.js'
import { teamsConnector } from './teams/connector.js'
import { createTeamsPlatform, type TeamsEmulator } from './teams/emulator.js'
import { teamsGestures } from './teams/gesture-routes.js'
import type { TeamsSnapshot } from './teams/types.js'
import { TEAMS_APP_ID, TEAMS_TENANT_ID, teamsSeed } from './teams-seed.js'

/** Microsoft Teams with the desk's people in it, mounted below `/teams` and `/sandbox/teams`. */
export async function teamsMessenger(
  { app, desk, secrets, now, retryDelaysMs }: MessengerSetup,
  snapshot?: TeamsSnapshot,
): Promise<{ messenger: Messenger; emulator: TeamsEmulator }> {
  const emulator = createTeamsPlatform({
    seed: teamsSeed(desk, secrets.teams),
    requestUrl: 'http://127.0.0.1:9/',
    publicUrl: 'http://127.0.0.1:9',
    now,
    retryDelaysMs,
    ...(snapshot ? { snapshot } : {}),
  })
  const accounts = desk.people.map((person) => person.accounts.teams).filter((id) => id !== undefined)
  for (const userId of accounts) await emulator.gestures.openDirect({ userId })
  teamsConnector(app, emulator, { prefix: '/teams' })
  teamsGestures(app, emulator, '/sandbox/teams')
  const messenger: Messenger = {
    platform: 'teams',
    knows: (userId) => accounts.includes(userId),
    view: (userId) => emulator.view(userId, DRAWN),
    state: () => placesIn(accounts.map((userId) => ({ userId, view: emulator.view(userId, DRAWN) }))),
    labelOf(click) {
      const card = clickedCard(emulator.view(String(click.userId), DRAWN), click)
      const action = card && actionNamed(card, click.action as number | string)
      return typeof action?.title === 'string' ? action.title : undefined
    },
    onChange: (listener) => void emulator.onChange(listener),
    faults: {
      deliverTwice() {
        emulator.faults.deliverTwice({ which: 'last' })
        emulator.faults.deliverTwice({ which: 'next' })
      },
      down: (ms) => emulator.faults.down(ms),
      downMsLeft: () => emulator.faults.view().downMsLeft,
    },
    environment: (origin) => ({
      TEAMS_APP_ID,
      TEAMS_APP_PASSWORD: secrets.teams.appPassword,
      TEAMS_TENANT_ID,
      TEAMS_SERVICE_URLS: `${origin}/teams/`,
      TEAMS_OPENID_METADATA_URL: `${origin}/teams/openid/.well-known/openidconfiguration`,
      TEAMS_LOGIN_URL: `${origin}/teams/login`,
    }),
    servedAt: (publicUrl) => emulator.configure({ publicUrl }),
    programAt: (url) => emulator.configure({ requestUrl: `${url}/teams/messages` }),
    close: () => emulator.close(),
  }
  return { messenger, emulator }
}
