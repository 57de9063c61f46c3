import { chinaYears } from './china-days.js'

const PRESET = /^cn(?:-(\d{4}))?$/

/** @returns the years a preset's name stands for (`cn`: all that are known; `cn-2026`: one), or undefined when unknown. */
export function presetYears(name: string): readonly number[] | undefined {
  const match = PRESET.exec(name)
  if (match === null) return undefined
  const known = chinaYears()
  if (match[1] === undefined) return known
  const year = Number(match[1])
  return known.includes(year) ? [year] : undefined
}
