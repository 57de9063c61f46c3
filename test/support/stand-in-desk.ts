// A little desk that stands in for the program in tests of the sandbox: tickets in a file, cards through the Web API.
// Run as a child with IPC; STAND_IN = { teamChannel, lead, stateFile }, the rest as the sandbox gives it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'

type Ticket = {
  number: string
  requester: string
  dm: string
  rootTs: string
  words: string
  requesterCard?: string
  teamCard?: string
  assignee?: string
  status: string
  urges: number
  resolution?: string
  toldLead?: boolean
}
type Payload = Record<string, unknown>
// biome-ignore lint/suspicious/noExplicitAny: a stand-in reads payloads without checking them
type Loose = any

const setup = JSON.parse(process.env.STAND_IN ?? '{}') as {
  teamChannel: string
  lead: string
  stateFile: string
}
const tickets: Ticket[] = existsSync(setup.stateFile) ? JSON.parse(readFileSync(setup.stateFile, 'utf8')) : []
const heard = new Set<string>()
let clockOffsetMs = Number(process.argv.at(-1)) || 0

function log(message: string, fields: Payload): void {
  console.log(JSON.stringify({ level: 'info', message, ...fields }))
}

function save(): void {
  writeFileSync(setup.stateFile, JSON.stringify(tickets))
}

async function call(method: string, args: Payload): Promise<Loose> {
  for (;;) {
    const answer = await fetch(`${process.env.SLACK_API_URL}${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${process.env.SLACK_BOT_TOKEN}`,
      },
      body: JSON.stringify(args),
    }).catch(() => undefined)
    const body = answer?.ok ? ((await answer.json()) as Loose) : undefined
    if (body?.ok) return body
    if (body && body.error !== 'ratelimited') throw new Error(`${method}: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

const button = (verb: string, label: string, more: Payload = {}): Payload => ({
  type: 'button',
  action_id: `${verb}:0`,
  text: { type: 'plain_text', text: label },
  value: JSON.stringify({ verb }),
  ...more,
})

function requesterBlocks(ticket: Ticket): Payload[] {
  const open = [
    button('add', '补充信息'),
    button('urge', '催单'),
    button('withdraw', '撤单', {
      style: 'danger',
      confirm: {
        title: { type: 'plain_text', text: '撤销这张工单？' },
        text: { type: 'plain_text', text: '撤销后不再处理。' },
        confirm: { type: 'plain_text', text: '撤单' },
        deny: { type: 'plain_text', text: '保留' },
      },
    }),
  ]
  const buttons =
    ticket.status === 'resolved'
      ? [button('confirm', '已解决', { style: 'primary' }), button('reopen', '仍未解决')]
      : ticket.status === 'closed' || ticket.status === 'cancelled'
        ? [button('details', '详情')]
        : open
  return [
    {
      type: 'header',
      text: { type: 'plain_text', text: `🔵 ${ticket.number} · ${ticket.words}`.slice(0, 150) },
    },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `*${ticket.status}* · ${ticket.resolution ?? '等待受理'}` },
    },
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: `IT 支持 · <!date^${due()}^{date_short_pretty} {time}|later>` }],
    },
    { type: 'actions', block_id: `r${ticket.number}`, elements: buttons },
  ]
}

function due(): number {
  return Math.floor((Date.now() + clockOffsetMs) / 1000) + 900
}

function teamBlocks(ticket: Ticket): Payload[] {
  const menu = {
    type: 'static_select',
    action_id: 'priority:9',
    placeholder: { type: 'plain_text', text: '更多' },
    options: [
      { text: { type: 'plain_text', text: '备注' }, value: '["note"]' },
      { text: { type: 'plain_text', text: '放回队列' }, value: '["release"]' },
    ],
  }
  const buttons =
    ticket.status === 'new'
      ? [button('claim', '认领', { style: 'primary' }), button('resolve', '解决…'), menu]
      : ticket.status === 'in_progress'
        ? [button('resolve', '解决…', { style: 'primary' }), button('reply', '回复…'), menu]
        : [button('details', '详情')]
  return [
    {
      type: 'header',
      text: { type: 'plain_text', text: `🟠 ${ticket.number} · ${ticket.words}`.slice(0, 150) },
    },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `&gt; ${ticket.words.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}` },
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: `*提单人*\n<@${ticket.requester}>` },
        { type: 'mrkdwn', text: '*优先级*\n紧急' },
        { type: 'mrkdwn', text: `*状态*\n${ticket.status}` },
        { type: 'mrkdwn', text: `*处理人*\n${ticket.assignee ? `<@${ticket.assignee}>` : '_无人_'}` },
        { type: 'mrkdwn', text: `*首次响应*\n<!date^${due()}^{date_short_pretty} {time}|later>` },
      ],
    },
    ...(ticket.urges > 0
      ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: `已催单 ${ticket.urges} 次` }] }]
      : []),
    { type: 'actions', block_id: `t${ticket.number}`, elements: buttons },
  ]
}

async function show(ticket: Ticket): Promise<void> {
  const requester = { channel: ticket.dm, text: ticket.number, blocks: requesterBlocks(ticket) }
  const team = { channel: setup.teamChannel, text: ticket.number, blocks: teamBlocks(ticket) }
  const mark = (place: string) => ({
    event_type: 'paidan_post',
    event_payload: { id: `${ticket.number} ${place}` },
  })
  if (ticket.requesterCard) await call('chat.update', { ...requester, ts: ticket.requesterCard })
  else {
    const posted = await call('chat.postMessage', {
      ...requester,
      thread_ts: ticket.rootTs,
      metadata: mark('dm'),
    })
    ticket.requesterCard = posted.ts
  }
  save()
  delivered(ticket, 'card', ticket.dm)
  if (ticket.teamCard) await call('chat.update', { ...team, ts: ticket.teamCard })
  else ticket.teamCard = (await call('chat.postMessage', { ...team, metadata: mark('team') })).ts
  save()
  delivered(ticket, 'card', setup.teamChannel)
}

function delivered(ticket: Ticket, what: string, place: string): void {
  log('delivered', {
    ticketId: ticket.number,
    number: ticket.number,
    what,
    place,
    platform: 'slack',
    outcome: 'sent',
    ms: 12.3,
  })
}

function done(flow: string, ticket: Ticket, events: string[]): void {
  log('flow done', {
    flow: `flows/${flow}.ts`,
    cause: 'stand-in',
    ticketId: ticket.number,
    number: ticket.number,
    outcome: 'committed',
    seq: 1,
    events,
    ms: 4.2,
  })
}

/** What is to be told once: remembered under a mark, so that a repeated cause tells nothing. */
async function tell(ticket: Ticket, user: string, id: string, text: string): Promise<void> {
  const opened = await call('conversations.open', { users: user })
  const metadata = { event_type: 'paidan_post', event_payload: { id } }
  await call('chat.postMessage', { channel: opened.channel.id, text, metadata })
  delivered(ticket, 'tell', opened.channel.id)
}

async function onMessage(event: Loose): Promise<void> {
  if (event.bot_id || (event.subtype && event.subtype !== 'file_share')) return
  const fresh = !heard.has(`${event.channel}:${event.ts}`)
  heard.add(`${event.channel}:${event.ts}`)
  log('event stored', { eventKey: `${event.channel}:${event.ts}`, kind: 'message', fresh, ms: 1.5 })
  if (event.thread_ts) return mirror(event)
  if (event.channel_type !== 'im') return
  if (tickets.some((each) => each.dm === event.channel && each.rootTs === event.ts)) return
  const ticket: Ticket = {
    number: `2026110${String(tickets.length + 1).padStart(3, '0')}`,
    requester: event.user,
    dm: event.channel,
    rootTs: event.ts,
    words: event.text || event.files?.[0]?.name || '–',
    status: 'new',
    urges: 0,
  }
  tickets.push(ticket)
  save()
  done('open-ticket', ticket, ['ticket.opened'])
  await show(ticket)
}

async function mirror(event: Loose): Promise<void> {
  const fromTeam = tickets.find(
    (each) => each.teamCard === event.thread_ts && event.channel === setup.teamChannel,
  )
  const fromRequester = tickets.find((each) => each.rootTs === event.thread_ts && event.channel === each.dm)
  const ticket = fromTeam ?? fromRequester
  if (!ticket?.teamCard) return
  const profile = await call('users.info', { user: event.user })
  const target = fromTeam
    ? { channel: ticket.dm, thread_ts: ticket.rootTs }
    : { channel: setup.teamChannel, thread_ts: ticket.teamCard }
  done('add-touch', ticket, ['touch.added'])
  await call('chat.postMessage', { ...target, text: event.text, username: profile.user.real_name })
  delivered(ticket, 'mirror', target.channel)
}

async function onInteraction(payload: Loose): Promise<Payload | undefined> {
  const ticket = tickets.find(
    (each) => payload.message?.ts && [each.requesterCard, each.teamCard].includes(payload.message.ts),
  )
  if (payload.type === 'view_submission') return submitted(payload)
  const verb = String(payload.actions?.[0]?.action_id ?? '').split(':')[0]
  if (!ticket) return undefined
  switch (verb) {
    case 'claim':
      ticket.assignee = payload.user.id
      ticket.status = 'in_progress'
      break
    case 'urge':
      ticket.urges += 1
      setImmediate(
        () =>
          void tell(
            ticket,
            ticket.assignee ?? setup.lead,
            `${ticket.number} urge ${ticket.urges}`,
            `催单：${ticket.number}`,
          ),
      )
      break
    case 'withdraw':
      ticket.status = 'cancelled'
      break
    case 'confirm':
      ticket.status = 'closed'
      break
    case 'resolve':
      await call('views.open', { trigger_id: payload.trigger_id, view: resolveView(ticket) })
      return undefined
    case 'add':
      // Never answered: the client shows that the app did not respond.
      return new Promise(() => {})
    default:
      return undefined
  }
  done(String(verb), ticket, [`ticket.${verb}`])
  setImmediate(() => void show(ticket))
  return undefined
}

function resolveView(ticket: Ticket): Payload {
  const input = (block: string, label: string, element: Payload, more: Payload = {}): Payload => ({
    type: 'input',
    block_id: block,
    label: { type: 'plain_text', text: label },
    element: { action_id: 'value', ...element },
    ...more,
  })
  const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text })
  return {
    type: 'modal',
    callback_id: 'resolve',
    private_metadata: ticket.number,
    title: { type: 'plain_text', text: '解决工单' },
    submit: { type: 'plain_text', text: '解决' },
    close: { type: 'plain_text', text: '取消' },
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${ticket.number}*` } },
      input('resolution', '解决办法', { type: 'plain_text_input', multiline: true }),
      input('cause', '原因', {
        type: 'static_select',
        option_groups: [
          { label: { type: 'plain_text', text: '网络' }, options: [option('证书过期'), option('线路中断')] },
          { label: { type: 'plain_text', text: '其他' }, options: [option('不明')] },
        ],
      }),
      input(
        'again',
        '会再发生吗',
        { type: 'radio_buttons', options: [option('会'), option('不会')] },
        { optional: true },
      ),
      input('shot', '截图', { type: 'file_input', max_files: 2 }, { optional: true }),
    ],
  }
}

function submitted(payload: Loose): Payload | undefined {
  const values = payload.view.state.values
  const text = String(values.resolution.value.value)
  if (text.length < 4) return { response_action: 'errors', errors: { resolution: '请写得详细一点。' } }
  const ticket = tickets.find((each) => each.number === payload.view.private_metadata)
  if (!ticket) return undefined
  const files = values.shot?.value?.files ?? []
  ticket.status = 'resolved'
  ticket.resolution = `${text}（${values.cause.value.selected_option.value}，${files.length} 个文件）`
  done('resolve', ticket, ['ticket.resolved'])
  setImmediate(() => void show(ticket))
  return undefined
}

/** An hour ahead nobody has acted: the lead hears of it, once. */
async function sweep(): Promise<void> {
  for (const ticket of tickets) {
    const ageMs = Date.now() + clockOffsetMs - Number(ticket.rootTs) * 1000
    if (ageMs < 3_600_000 || ticket.toldLead || !['new', 'in_progress'].includes(ticket.status)) continue
    ticket.toldLead = true
    save()
    done('on-clock-due', ticket, ['clock.escalated'])
    await tell(ticket, setup.lead, `${ticket.number} lead`, `已超时：${ticket.number} ${ticket.words}`)
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const server = createServer((request, response) => {
  void (async () => {
    if (request.url === '/readyz') return response.end('ok')
    const body = await bodyOf(request)
    if (request.headers['content-type']?.startsWith('application/json')) {
      const envelope = JSON.parse(body) as Loose
      response.end()
      if (envelope.event?.type === 'message') await onMessage(envelope.event)
      return
    }
    const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}') as Loose
    const answer = await onInteraction(payload)
    response.setHeader('content-type', 'application/json')
    response.end(answer ? JSON.stringify(answer) : '')
  })()
})
server.listen(Number(process.env.PORT), process.env.HOST)
process.on('message', (message: Loose) => {
  clockOffsetMs = message.offsetMs
  void sweep().then(() => process.send?.({ type: 'clock_moved', id: message.id }))
})
process.on('SIGTERM', () => process.exit(0))
