/** Run by itself: shows an adapter tokens that are wrong in every way, with the logger that the program has. */
import { createLogger } from '../../../src/lib/logger.js'
import { activity, post, startWorld, token } from './support.js'

const world = await startWorld({ logger: createLogger('debug') })
const seconds = Math.floor(Date.now() / 1000)
for (const bearer of [
  token(world, { exp: seconds - 4000 }),
  token(world, { nbf: seconds + 4000 }),
  token(world, { aud: 'somebody-else' }),
  token(world, { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }),
  `${token(world).slice(0, -8)}AAAAAAAA`,
  token(world, {}, { kid: 'nobody' }),
  await world.teams.mintToken({ key: 'other_channel' }),
  'no-token',
]) {
  await post(world, activity(world), { authorization: `Bearer ${bearer}` })
}
await world.close()
