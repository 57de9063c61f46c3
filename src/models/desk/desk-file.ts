import { z } from 'zod'
import { calendarSchema } from '../calendar/schema.js'
import { zoneSchema } from '../calendar/schema-parts.js'
import { PRIORITIES } from '../ticket/ticket.js'
import { delayMsSchema, durationMsSchema, durationSchema } from './durations.js'

/**
 * desk.yaml as its author writes it. What one part demands of another is checked apart: a refinement here would stay
 * silent as long as anything beside it is wrong, and all problems are to be found at once.
 */

const ID = 'expected an id of letters, digits, - and _ (at most 64)'
const idSchema = z
  .string({ error: ID })
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, ID)
  // Ids become keys of plain objects, which have members of their own.
  .refine((id) => !(id in {}), 'expected an id that is not a word of the language itself')

const refTo = (what: string) => z.string({ error: `expected the id of ${what}` })
const listOf = <S extends z.ZodType>(item: S, what: string) =>
  z.array(item, { error: `expected a list of ${what}` })

const textSchema = z
  .string({ error: 'expected a text' })
  .trim()
  .min(1, 'expected a text that is not empty')
  .max(200, 'expected at most 200 characters')

const NAME = 'expected a text, or { en: …, zh-CN: … }'
const localizedSchema = z.union(
  [
    textSchema.transform((text) => ({ en: text, 'zh-CN': text })),
    z.strictObject({ en: textSchema, 'zh-CN': textSchema }),
  ],
  { error: NAME },
)

const localeSchema = z.enum(['en', 'zh-CN'], { error: 'expected en or zh-CN' })
const prioritySchema = z.enum(PRIORITIES, { error: 'expected urgent, high, medium or low' })
const demandSchema = z.enum(['required', 'optional', 'none'], {
  error: 'expected required, optional or none',
})
const flagSchema = z.boolean({ error: 'expected true or false' })

/** By messenger: which ones exist is known to the adapters alone. */
const byPlatformSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9]{1,31}$/, 'expected the name of a messenger'),
  z.string({ error: 'expected an id of the messenger' }).min(1, 'expected an id of the messenger').max(200),
  { error: 'expected ids by messenger, like { slack: C0123 }' },
)

const personSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  email: z.email({ error: 'expected an e-mail address' }).optional(),
  locale: localeSchema.optional(),
  zone: zoneSchema.optional(),
  department: textSchema.optional(),
  manager: refTo('a person').optional(),
  admin: flagSchema.default(false),
  identities: byPlatformSchema.default({}),
})

const REASONED = ['release', 'reassign', 'priority', 'dismiss', 'withdraw', 'reopen'] as const

const teamSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  locale: localeSchema.optional(),
  zone: zoneSchema.optional(),
  leads: listOf(refTo('a person'), 'ids of people').min(1, 'expected at least one lead'),
  members: listOf(refTo('a person'), 'ids of people').default([]),
  calendar: refTo('a calendar'),
  channels: byPlatformSchema.default({}),
  threads: z.enum(['open', 'inside_only'], { error: 'expected open or inside_only' }).default('open'),
  reasonsFor: listOf(z.enum(REASONED, { error: `expected one of ${REASONED.join(', ')}` }), 'verbs').default(
    [],
  ),
})

const typeSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  team: refTo('a team'),
  policy: refTo('a policy'),
  defaultPriority: prioritySchema.default('medium'),
  asksCause: demandSchema.default('none'),
  asksPrevention: demandSchema.default('none'),
  autoClose: durationMsSchema.prefault('3d'),
  reopenWindow: durationMsSchema.prefault('14d'),
})

const PROMISE = 'expected a duration like 4h, or { within: 4h, counts: always }'
const promiseSchema = z.union(
  [
    durationSchema.transform((within) => ({ within, counts: 'team' as const })),
    z.strictObject({
      within: durationSchema,
      counts: z.enum(['team', 'always'], { error: 'expected team or always' }).default('team'),
    }),
  ],
  { error: PROMISE },
)
const promisesSchema = z.strictObject(
  { urgent: promiseSchema, high: promiseSchema, medium: promiseSchema, low: promiseSchema },
  { error: 'expected a promise for each priority' },
)

const FRACTION = 'expected a fraction of the target like 80%'
const fractionSchema = z
  .union(
    [
      z
        .string()
        .regex(/^\d{1,2}(?:\.\d{1,2})?%$/, FRACTION)
        .transform((text) => Number((Number(text.slice(0, -1)) / 100).toFixed(4))),
      z.number(),
    ],
    { error: FRACTION },
  )
  .refine((fraction) => fraction > 0 && fraction < 1, 'expected more than nothing and less than 100%')
const remindersSchema = listOf(fractionSchema, 'fractions like [50%, 80%]').transform((fractions) =>
  [...new Set(fractions)].sort((a, b) => a - b),
)

const policySchema = z.strictObject({
  id: idSchema,
  ladder: refTo('a ladder'),
  claimIsResponse: flagSchema.default(false),
  /** How long one `d` is where the team's time counts; absent means as long as the calendar's usual day. */
  workday: durationMsSchema.optional(),
  promises: z.strictObject(
    { first_response: promisesSchema.optional(), resolution: promisesSchema.optional() },
    { error: 'expected promises: first_response, resolution' },
  ),
  remindAt: z
    .strictObject({
      first_response: remindersSchema.prefault(['50%', '80%']),
      resolution: remindersSchema.prefault(['80%']),
    })
    .prefault({}),
})

const RECIPIENTS = ['assignee', 'lead', 'lead_manager'] as const
const levelSchema = z.strictObject({
  after: delayMsSchema,
  tell: listOf(z.enum(RECIPIENTS, { error: `expected ${RECIPIENTS.join(', ')}` }), 'recipients').min(
    1,
    'expected somebody to tell',
  ),
  every: durationMsSchema.optional(),
  rounds: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected at least 1')
    .max(1000, 'expected at most 1000')
    .optional(),
  insist: z.boolean({ error: 'expected true or false' }).optional(),
})
const ladderSchema = z.strictObject({
  id: idSchema,
  levels: listOf(levelSchema, 'levels').min(1, 'expected at least one level'),
})

const ruleSchema = z.strictObject({
  id: idSchema,
  anyOf: listOf(textSchema, 'words').min(1, 'expected at least one word'),
  type: refTo('a type').optional(),
  priority: prioritySchema.optional(),
  team: refTo('a team').optional(),
})

export const deskFileSchema = z.strictObject(
  {
    desk: z.strictObject({
      id: idSchema,
      name: localizedSchema,
      zone: zoneSchema,
      locale: localeSchema.default('en'),
      /** The type of a ticket that no rule names; absent means the first one. */
      defaultType: refTo('a type').optional(),
    }),
    people: listOf(personSchema, 'people').default([]),
    calendars: listOf(calendarSchema, 'calendars').min(1, 'expected at least one calendar'),
    teams: listOf(teamSchema, 'teams').min(1, 'expected at least one team'),
    types: listOf(typeSchema, 'types').min(1, 'expected at least one type'),
    policies: listOf(policySchema, 'policies').min(1, 'expected at least one policy'),
    ladders: listOf(ladderSchema, 'ladders').min(1, 'expected at least one ladder'),
    routing: listOf(ruleSchema, 'rules').default([]),
  },
  { error: 'expected the keys of a desk: desk, people, teams, calendars, types, policies, ladders, routing' },
)

export type DeskFile = z.output<typeof deskFileSchema>
