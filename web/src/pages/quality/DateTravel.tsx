import { Button, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useSiteZone } from '../../ui/site.ts'
import { dayIn } from '../../ui/site-time.ts'

/** Travels to the end of a day; empty and the future mean now. */
export function DateTravel({
  date,
  onTravel,
}: {
  readonly date: string | undefined
  readonly onTravel: (date: string | undefined) => void
}): ReactElement {
  const today = dayIn(new Date(), useSiteZone())
  return (
    <>
      <TextInput
        type="date"
        aria-label="As it was at the end of"
        title="As it was at the end of this day"
        value={date ?? ''}
        max={today}
        onChange={({ currentTarget: { value } }) =>
          onTravel(value === '' || value >= today ? undefined : value)
        }
      />
      {date === undefined ? null : (
        <Button variant="default" onClick={() => onTravel(undefined)}>
          Back to now
        </Button>
      )}
    </>
  )
}
