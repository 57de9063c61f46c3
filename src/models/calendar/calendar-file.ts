import { z } from 'zod'
import { type MakeupDay, WEEKDAYS } from './calendar.js'
import { presetYears } from './presets.js'
import { dateRangeSchema, dateSchema, overridesSchema, weeklySchema, zoneSchema } from './schema-parts.js'

const presetSchema = z.string().superRefine((name, ctx) => {
  if (presetYears(name) !== undefined) return
  const last = presetYears('cn')?.at(-1)
  ctx.addIssue({ code: 'custom', message: `unknown preset; expected cn, or cn-2024 to cn-${last}` })
})

const workdaySchema = z.union(
  [
    dateSchema.transform((date): MakeupDay => ({ date })),
    z.strictObject({ date: dateSchema, like: z.enum(WEEKDAYS).optional() }),
  ],
  { error: 'expected a date like 2026-02-14, or { date, like: mon … sun }' },
)

/** How a calendar is written in desk.yaml; `calendarSchema` makes a `Calendar` of it. */
export const calendarFileSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected letters, digits, - and _ (at most 64)'),
  zone: zoneSchema,
  weekly: weeklySchema,
  /** `cn` (all years known), `cn-2026`, or a list: fills holidays and make-up days; what is listed here wins over it. */
  preset: z.union([presetSchema.transform((name) => [name]), z.array(presetSchema)]).default([]),
  holidays: z.array(dateRangeSchema).default([]),
  workdays: z.array(workdaySchema).default([]),
  overrides: overridesSchema.default({}),
  validThrough: dateSchema.optional(),
})

export type CalendarFile = z.output<typeof calendarFileSchema>
