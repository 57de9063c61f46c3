import { z } from 'zod'
import { type MakeupDay, WEEKDAYS } from './calendar.js'
import { chinaYears } from './china-days.js'
import { presetYears } from './presets.js'
import { dateRangeSchema, dateSchema, overridesSchema, weeklySchema, zoneSchema } from './schema-parts.js'

const PRESETS = `expected cn, or a year of it: cn-${chinaYears().join(', cn-')}`

/** One name or a list of them; gives a list. */
const presetSchema = z
  .union([z.string(), z.array(z.string())], { error: PRESETS })
  .transform((written, ctx): string[] => {
    const names = typeof written === 'string' ? [written] : written
    for (const [index, name] of names.entries()) {
      if (presetYears(name) !== undefined) continue
      const path = typeof written === 'string' ? [] : [index]
      ctx.addIssue({ code: 'custom', path, message: `unknown preset; ${PRESETS}` })
    }
    return names
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
  preset: presetSchema.default([]),
  holidays: z.array(dateRangeSchema).default([]),
  workdays: z.array(workdaySchema).default([]),
  overrides: overridesSchema.default({}),
  validThrough: dateSchema.optional(),
})

export type CalendarFile = z.output<typeof calendarFileSchema>
