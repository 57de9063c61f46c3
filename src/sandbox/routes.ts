import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { clockOffsetMs, now } from '../lib/now.js'
import type { About, ClockMoved } from './about.js'
import { faultRoutes } from './fault-routes.js'
import { fileProxy } from './file-proxy.js'
import { noteGesture } from './note-gesture.js'
import { PAGE_HEADERS, pageHtml } from './page-html.js'
import type { Parts } from './parts.js'
import { colourOf } from './person-colour.js'
import { uploadRoute } from './upload.js'
import { nextWorkingMorning } from './working-day.js'

const MAX_ADVANCE_MS = 366 * 24 * 3_600_000
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** Everything of the sandbox that is no messenger's own: the page, its clock, its stream, the server's plug. */
export function sandboxRoutes(app: FastifyInstance, parts: Parts): void {
  const { messengers, trace, stream, server } = parts

  // Other sites' pages run in the same browser: neither they nor a name that leads here may use the sandbox.
  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? ''
    const origin = request.headers.origin
    const foreign = !LOOPBACK.test(host) || (origin !== undefined && origin !== `http://${host}`)
    if (foreign) await reply.code(403).send({ error: 'foreign_origin' })
  })
  app.addHook('preHandler', async (request) => noteGesture(messengers, trace, request))

  app.get('/', (_request, reply) => reply.redirect('/sandbox'))
  app.get('/sandbox', async (_request, reply) =>
    reply
      .headers(PAGE_HEADERS)
      .type('text/html; charset=utf-8')
      .send(pageHtml(await parts.bundle())),
  )
  app.get('/sandbox/assets/:name', (request, reply) => asset(parts, request, reply))
  app.get('/sandbox/about', () => about(parts))
  app.get<{ Params: { platform: string; userId: string } }>(
    '/sandbox/view/:platform/:userId',
    (request, reply) => {
      const { platform, userId } = request.params
      const messenger = messengers.find((each) => each.platform === platform)
      return messenger?.knows(userId)
        ? reply.send(messenger.view(userId))
        : reply.code(404).send({ error: 'user_not_found' })
    },
  )
  app.get('/sandbox/state', () =>
    Object.fromEntries(messengers.map((messenger) => [messenger.platform, messenger.state()])),
  )
  app.get('/sandbox/events', (_request, reply) => stream.add(reply))
  app.post('/sandbox/clock', (request, reply) => moveClock(parts, request.body, reply))
  faultRoutes(app, parts)
  uploadRoute(app, parts.slack)
  fileProxy(app, () => server().url)
}

async function asset(parts: Parts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { name } = request.params as { name: string }
  const { script, style } = await parts.bundle()
  const file = [script, style].find((each) => each.name === name)
  if (!file) return reply.code(404).send('not found')
  return reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    .type(file === script ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8')
    .send(file.body)
}

function about({ desk, messengers, trace, server }: Parts): About {
  return {
    desk: { name: desk.name },
    platforms: messengers.map((each) => each.platform),
    people: desk.people.map(({ email: _, ...person }, i) => ({ ...person, colour: colourOf(i) })),
    teams: desk.teams.map(({ id, name, channels, leads, members }) => ({
      id,
      name,
      channels,
      leads,
      members,
    })),
    clockOffsetMs: clockOffsetMs(),
    downMsLeft: Math.max(0, ...messengers.map((each) => each.faults.downMsLeft())),
    server: server().state,
    trace: trace.entries,
  }
}

async function moveClock(
  { desk, trace, clock, opensOn }: Parts,
  body: unknown,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const advanceMs = advanceOf({ desk, opensOn }, body)
  if (advanceMs === undefined) {
    return reply.code(400).send({
      error: 'bad_argument',
      expected: `{ advanceMs } of at most ${MAX_ADVANCE_MS}, or { advance: "working_day" }`,
    })
  }
  trace.act({ gesture: 'clock', text: String(advanceMs) })
  const swept = await clock.moveTo(clockOffsetMs() + advanceMs)
  return reply.send({ clockOffsetMs: clockOffsetMs(), now: now().toISOString(), swept } satisfies ClockMoved)
}

/** Time goes forward only: what has happened has happened. */
function advanceOf({ desk, opensOn }: Pick<Parts, 'desk' | 'opensOn'>, body: unknown): number | undefined {
  const { advanceMs, advance } = (body ?? {}) as { advanceMs?: unknown; advance?: unknown }
  if (advance === 'working_day') {
    const team = desk.teams[0] ?? { id: '', zone: desk.zone, opensAt: Array(7).fill('09:00'), holidays: [] }
    return nextWorkingMorning(team, now(), opensOn).getTime() - now().getTime()
  }
  if (typeof advanceMs !== 'number' || !Number.isInteger(advanceMs)) return undefined
  return advanceMs > 0 && advanceMs <= MAX_ADVANCE_MS ? advanceMs : undefined
}
