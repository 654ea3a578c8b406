import type { RecordHook } from '../../../context.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { nextRun } from '../../../core/scheduled-time.ts'
import { isMailAddress } from '../../../platform/mail/mail-message.ts'
import { isScheduledEvent } from '../domain/notice-event.ts'
import { recipients } from '../records/recipients.ts'
import { subscription } from '../records/subscription.ts'

const MOST_ADDRESSES = 200

/** Addresses as they are written below one another, each once, ignoring case. */
export function addressesOf(text: unknown): readonly string[] {
  const words = typeof text === 'string' ? text.split(/[\s,;]+/) : []
  const folded = words.map((word) => word.toLowerCase())
  return words.filter((word, index) => word !== '' && folded.indexOf(word.toLowerCase()) === index)
}

const recipientsHook: RecordHook = {
  beforeSave: async (_tx, values) => {
    if (values.addresses === undefined) return values
    const addresses = addressesOf(values.addresses)
    if (addresses.length > MOST_ADDRESSES)
      throw invalidInput('addresses', `These are more than ${MOST_ADDRESSES} addresses.`)
    const wrong = addresses.find((address) => !isMailAddress(address))
    if (wrong !== undefined)
      throw invalidInput('addresses', `“${wrong.slice(0, 100)}” is not a mail address.`)
    return { ...values, addresses: addresses.join('\n') }
  },
}

/** Says when a subscription with times of its own is next. */
const subscriptionHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const all = { ...before, ...values }
    if (!isScheduledEvent(String(all.event))) return { ...values, nextRunAt: null }
    const recurrence = typeof all.recurrence === 'string' ? all.recurrence : ''
    if (recurrence.trim() === '')
      throw invalidInput('recurrence', 'This is told by its times: say on which days.')
    const { rules, dates } = parseRecurrence(recurrence, tx.zone)
    if (rules.length + dates.length === 0) throw invalidInput('recurrence', 'Give at least one rule or date.')
    if (all.active !== true) return { ...values, nextRunAt: null }
    const minuteOfDay = minuteOf(all.timeOfDay)
    const now = tx.now()
    return {
      ...values,
      nextRunAt: nextRun({ recurrence, minuteOfDay }, { after: now, anchor: now, zone: tx.zone }),
    }
  },
}

/** `07:15` as minutes after midnight. */
export function minuteOf(time: unknown): number {
  const [hour = 0, minute = 0] = String(time).split(':').map(Number)
  return hour * 60 + minute
}

/** What notices add to the generic verbs of their records. */
export const NOTICE_HOOKS = [
  [recipients.name, recipientsHook],
  [subscription.name, subscriptionHook],
] as const
