interface Choice {
  readonly value: string
  readonly label: string
}

const PAST: readonly Choice[] = [
  { value: 'today', label: 'Today' },
  { value: 'last-7-days', label: 'Last 7 days' },
  { value: 'last-30-days', label: 'Last 30 days' },
  { value: 'last-90-days', label: 'Last 90 days' },
  { value: 'last-180-days', label: 'Last 180 days' },
  { value: 'last-365-days', label: 'Last 365 days' },
  { value: 'this-week', label: 'This week' },
  { value: 'last-week', label: 'Last week' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'last-3-months', label: 'Last 3 months' },
  { value: 'last-6-months', label: 'Last 6 months' },
  { value: 'this-year', label: 'This year' },
  { value: 'last-year', label: 'Last year' },
]

const FUTURE: readonly Choice[] = [
  { value: 'today', label: 'Today' },
  { value: 'next-7-days', label: 'Next 7 days' },
  { value: 'next-30-days', label: 'Next 30 days' },
  { value: 'next-90-days', label: 'Next 90 days' },
  { value: 'next-180-days', label: 'Next 180 days' },
  { value: 'next-365-days', label: 'Next 365 days' },
  { value: 'this-week', label: 'This week' },
  { value: 'next-week', label: 'Next week' },
  { value: 'this-month', label: 'This month' },
  { value: 'next-month', label: 'Next month' },
  { value: 'next-3-months', label: 'Next 3 months' },
  { value: 'next-6-months', label: 'Next 6 months' },
  { value: 'this-year', label: 'This year' },
  { value: 'next-year', label: 'Next year' },
]

/** Periods as a report of past or of coming things offers them. */
export function periodChoices(direction: 'past' | 'future'): Choice[] {
  return [...(direction === 'past' ? PAST : FUTURE), { value: 'fixed', label: 'Between two days' }]
}
