import { Button, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useSiteZone } from '../../ui/site.ts'
import { dayIn } from '../../ui/site-time.ts'
import type { SearchPatch } from '../../ui/url-state.ts'
import type { ChartState } from './chart-state.ts'
import classes from './charts.module.css'

const DAY_MS = 86_400_000

const RANGES = [
  { label: '30 days', words: 'Last 30 days', days: 30 },
  { label: '1 year', words: 'Last year', days: 365 },
  { label: '2 years', words: 'Last two years', days: 731 },
  { label: '10 years', words: 'Last ten years', days: 3653 },
] as const

export interface RangeChooserProps {
  readonly state: ChartState
  readonly patch: (changes: SearchPatch) => void
}

/** From when until when; the usual spans are one key away. */
export function RangeChooser({ state, patch }: RangeChooserProps): ReactElement {
  const zone = useSiteZone()
  const daysAgo = (days: number): string => dayIn(new Date(Date.now() - days * DAY_MS), zone)
  const isBackwards = state.from !== '' && state.to !== '' && state.from > state.to
  return (
    <div className={classes.range}>
      <TextInput
        type="date"
        label="From"
        value={state.from || daysAgo(365)}
        error={isBackwards ? 'After the end' : undefined}
        onChange={(event) => patch({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="To"
        value={state.to || daysAgo(0)}
        onChange={(event) => patch({ to: event.currentTarget.value || undefined })}
      />
      <fieldset className={classes.spans} aria-label="Usual spans">
        {RANGES.map(({ label, words, days }) => (
          <Button
            key={label}
            variant={state.to === '' && state.from === daysAgo(days) ? 'light' : 'default'}
            title={words}
            aria-pressed={state.to === '' && state.from === daysAgo(days)}
            onClick={() => patch({ from: daysAgo(days), to: undefined })}
          >
            {label}
          </Button>
        ))}
      </fieldset>
    </div>
  )
}
